"""moto's server, with what the application needs of AWS and moto lacks. Started by account.ts."""
import moto_athena
import moto_glue
import moto_s3
from moto.server import main

for part in (moto_athena, moto_glue, moto_s3):
    part.install()
main()
