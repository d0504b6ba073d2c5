"""moto's server, with what the application needs of AWS and moto lacks. Started by account.ts."""
from moto.server import main

from . import (  # noqa: F401 (they name their types)
    function_resources,
    lake_resources,
    moto_athena,
    moto_cloudformation,
    moto_glue,
    moto_s3,
    operation_resources,
)

for part in (moto_athena, moto_cloudformation, moto_glue, moto_s3):
    part.install()
main()
