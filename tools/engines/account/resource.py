"""What the resource types of a stack have in common. Each is made by calls to its service's own API."""
import re
import secrets

from .aws_api import call

TYPES = {}


class Resource:
    """One resource of a stack.

    A type says how it is created, perhaps how it is changed, and how it is deleted. Without `update`, or when one of
    the properties in `fixed` differs, a new one is created and the old one deleted at the end, as CloudFormation does.
    """

    service, fixed = '', ()

    def __init_subclass__(cls, type):
        cls.cf_resource_type = type
        TYPES[type] = cls

    def __init__(self, logical_id, stack):
        self.logical_resource_id, self.stack = logical_id, stack
        self.physical_resource_id, self.attributes = '', {}
        self.wanted = self.properties = self.entry = None

    def make(self, wanted):
        self.take(wanted)
        self.create(self.properties)

    def changed(self, wanted):
        """Whether this resource could be made as wanted; else it has to be replaced."""
        if wanted == self.wanted:
            return True
        if not hasattr(self, 'update') or any(wanted.get(name) != self.wanted.get(name) for name in self.fixed):
            return False
        before = self.properties
        self.take(wanted)
        self.update(self.properties, before)
        return True

    def take(self, wanted):
        # Dynamic references are compared unresolved: a secret's new value changes nothing by itself.
        self.wanted, self.properties = wanted, with_references(wanted)

    def discard(self, policy):
        if not (self.entry or {}).get(policy, '').startswith('Retain'):
            self.delete()

    def call(self, operation, *properties):
        """Calls the service; later properties win over earlier ones of the same name."""
        return call(self.service, operation, {key: value for part in properties for key, value in part.items()})

    def own_name(self, longest=64):
        """A name as CloudFormation makes one up."""
        end = f'-{self.logical_resource_id}-{secrets.token_hex(6).upper()}'
        return self.stack.name[:longest - len(end)] + end

    def arn(self, service, name):
        return f'arn:aws:{service}:{self.stack.region_name}:{self.stack.account_id}:{name}'


def with_references(value):
    """A value with the secrets that its dynamic references name."""
    if isinstance(value, dict):
        return {key: with_references(item) for key, item in value.items()}
    if isinstance(value, list):
        return [with_references(item) for item in value]
    if not isinstance(value, str):
        return value
    return re.sub(r'\{\{resolve:secretsmanager:([^}]+?):SecretString\}\}',
                  lambda match: call('secretsmanager', 'get_secret_value', {'SecretId': match[1]})['SecretString'],
                  value)


def without(properties, *names):
    return {key: value for key, value in properties.items() if key not in names}
