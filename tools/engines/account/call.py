"""Calls the account's API for the tests: a request on each line of the input, its answer on a line of the output."""
import json
import sys

from botocore.exceptions import ClientError

from .aws_api import client


def answer(service, operation, parameters):
    try:
        result = getattr(client(service), operation)(**parameters)
    except ClientError as error:
        return {'error': error.response['Error']}
    return {'result': {key: value for key, value in result.items() if key != 'ResponseMetadata'}}


for line in sys.stdin:
    print(json.dumps(answer(*json.loads(line)), default=str), flush=True)
