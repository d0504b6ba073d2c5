"""Glue: the calls of Trino that moto does not know. It would answer 500, and the caller try again for seconds."""
import json

from moto.glue.responses import GlueResponse

ANSWERS = {
    'get_column_statistics_for_table': {'ColumnStatisticsList': [], 'Errors': []},
    'get_column_statistics_for_partition': {'ColumnStatisticsList': [], 'Errors': []},
    'get_user_defined_functions': {'UserDefinedFunctions': []},
}


def install():
    for operation, answer in ANSWERS.items():
        if not hasattr(GlueResponse, operation):
            text = json.dumps(answer)
            setattr(GlueResponse, operation, lambda _, text=text: text)
