"""Calls to this server's own API, as the services behind CloudFormation make them."""
import functools
import json
import os

import boto3
from botocore.config import Config


@functools.cache
def client(service):
    return boto3.client(service, endpoint_url=f'http://127.0.0.1:{os.environ["MOTO_PORT"]}',
                        config=Config(retries={'total_max_attempts': 1}))


def call(service, operation, properties):
    """The answer to an API call whose parameters are written as CloudFormation's properties.

    Names match whatever their case, and values take the type that the API wants: a document where it wants text is
    JSON, a list of keys and values where it wants a map is a map.

    Raises ValueError for a property that the API does not know: nothing of the template is dropped silently.
    """
    api = client(service)
    shape = api.meta.service_model.operation_model(api.meta.method_to_api_mapping[operation]).input_shape
    return getattr(api, operation)(**fitted(properties, shape, operation))


def fitted(value, shape, path):
    match shape.type_name:
        case 'structure':
            names = {name.lower(): name for name in shape.members}
            for key in value:
                if key.lower() not in names:
                    raise ValueError(f'the API knows no {path}.{key}')
            return {names[key.lower()]: fitted(item, shape.members[names[key.lower()]], f'{path}.{key}')
                    for key, item in value.items()}
        case 'list':
            return [fitted(item, shape.member, f'{path}[]') for item in value]
        case 'map':
            pairs = value if isinstance(value, dict) else {item['Key']: item['Value'] for item in value}
            return {key: fitted(item, shape.value, f'{path}.{key}') for key, item in pairs.items()}
        case 'boolean':
            return str(value).lower() == 'true'
        case 'integer' | 'long':
            return int(value)
        case 'float' | 'double':
            return float(value)
        case 'string':
            return value if isinstance(value, str) else json.dumps(value)
        case _:
            return value
