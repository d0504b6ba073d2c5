"""S3: bucket policies that refuse plain HTTP. moto takes the condition for true and refuses everything."""
import json

from moto.iam.access_control import IAMPolicy, PermissionResult
from moto.s3.models import FakeBucket

ONLY_BY_TLS = {'Bool': {'aws:SecureTransport': 'false'}}


def get_permission(bucket, action, resource):
    """What the policy says of a call. Calls come by plain HTTP here, and stand for calls by TLS."""
    if not bucket.policy:
        return PermissionResult.NEUTRAL
    policy = json.loads(bucket.policy)
    policy['Statement'] = [s for s in policy['Statement'] if s.get('Condition') != ONLY_BY_TLS]
    if not policy['Statement']:
        return PermissionResult.NEUTRAL
    return IAMPolicy(json.dumps(policy)).is_action_permitted(action, resource)


def install():
    FakeBucket.get_permission = get_permission
