"""CloudFormation: stacks that are created, updated and deleted as AWS does it, of SAM templates too.

moto's own knows few of the types, and creates again what an update leaves as it was. Here a stack is done with the call
that asks for it, so that what fails is the answer to CreateStack or UpdateStack. Of a change set, as the SAM CLI
deploys, it is among the stack's events instead.
"""
import copy
import json
import re

import yaml
from botocore.exceptions import ClientError
from moto.cloudformation import models
from moto.cloudformation.exceptions import ValidationError
from samtranslator.model.exceptions import InvalidDocumentException
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

from .intrinsics import Scope, TemplateError
from .resource import TYPES

# A date, such as a policy's version, is text in a template.
yaml.SafeLoader.add_constructor('tag:yaml.org,2002:timestamp', yaml.SafeLoader.construct_yaml_str)


class Stack(models.Stack):
    """moto's stack, with resources, outputs and updates of our own."""

    parse_template = staticmethod(yaml_parse)
    resolved_parameters = property(lambda self: {name: as_text(value) for name, value in self.values.items()})
    stack_resources = property(lambda self: list(self.made.values()))
    outputs, exports, no_echo_parameter_keys = None, (), ()

    def _create_resource_map(self):
        self.made = {}  # in the order in which they were made
        self.values = {}
        if self.template_dict:
            self.take_parameters(self.template_dict, self.parameters)
        return self

    def take_parameters(self, template, given):
        self.values = parameter_values(template, given)
        # With the defaults: an update may ask for the previous value of any parameter.
        self.parameters = self.resolved_parameters

    def _create_output_map(self):
        return None

    def create_resources(self):
        try:
            self.make(self.template_dict)
        except ValidationError:
            self.status = 'ROLLBACK_FAILED'
            for resource in reversed(self.made.values()):
                # RetainExceptOnCreate is for just this: what is new and empty goes.
                if resource.entry.get('DeletionPolicy') != 'Retain':
                    resource.delete()
            self.made, self.status = {}, 'ROLLBACK_COMPLETE'
            raise
        self.status = 'CREATE_COMPLETE'

    def update(self, template, role_arn=None, parameters=None, tags=None):
        """Changes what differs. A failure leaves what it has changed until then: nothing is rolled back."""
        body = yaml_parse(template)
        self.values = parameter_values(body, parameters or {})
        self.status = 'UPDATE_FAILED'
        self.make(body)
        self.template, self.template_dict, self.parameters = template, body, self.resolved_parameters
        self.status = 'UPDATE_COMPLETE'

    def delete(self):
        self.status = 'DELETE_FAILED'
        for resource in reversed(self.made.values()):
            resource.discard('DeletionPolicy')
        self.status = 'DELETE_COMPLETE'

    def build_change_set_actions(self, template):
        if self.status == 'ROLLBACK_COMPLETE':
            problem = f'Stack:{self.stack_id} is in ROLLBACK_COMPLETE state and can not be updated.'
            raise ValidationError(message=problem)
        before, after = self.template_dict.get('Resources', {}), template['Resources']
        kinds = {'Add': after.keys() - before.keys(), 'Remove': before.keys() - after.keys(),
                 'Modify': {key for key in after.keys() & before.keys() if after[key] != before[key]}}
        return {kind: {key: {'ResourceType': (after.get(key) or before[key])['Type']} for key in sorted(keys)}
                for kind, keys in kinds.items()}

    def execute(self, change_set):
        """What a change set asks for. A failure is an event and a status, as in AWS, and not an error of the call."""
        creates = change_set.change_set_type == 'CREATE'
        self._add_stack_event(f'{change_set.change_set_type}_IN_PROGRESS')
        try:
            if creates:
                self.template, self.template_dict = change_set.template, yaml_parse(change_set.template)
                self.take_parameters(self.template_dict, change_set.parameters)
                self.tags = change_set.tags
                self.create_resources()
            else:
                self.update(change_set.template, parameters=change_set.parameters)
            self._add_stack_event(self.status)
        except ValidationError as error:
            self._add_stack_event(f'{change_set.change_set_type}_FAILED', error.description)
            self._add_stack_event(self.status)

    def make(self, template):
        before, self.previous, self.made = self.made, self.made, {}
        try:
            self.wanted = translated(template, self.values)
            pseudo = {'AWS::AccountId': self.account_id, 'AWS::Region': self.region_name, 'AWS::Partition': 'aws',
                      'AWS::StackId': self.stack_id, 'AWS::StackName': self.name, 'AWS::URLSuffix': 'amazonaws.com'}
            self.scope = Scope({**self.values, **pseudo}, self.wanted.get('Conditions', {}), self.resource)
            self.under_way = []
            for logical_id, _ in self.there(self.wanted['Resources']):
                self.resource(logical_id)
            self.outputs = [
                {'OutputKey': key, 'OutputValue': self.scope.resolve(output['Value']),
                 'Description': output.get('Description')}
                for key, output in self.there(self.wanted.get('Outputs', {}))]
        except (TemplateError, InvalidDocumentException, ValueError, ClientError) as error:
            self.made = {**before, **self.made}
            causes = [cause.message for cause in getattr(error, 'causes', [])]
            at = f'{self.under_way[-1]}: ' if self.under_way else ''
            raise ValidationError(message=' '.join([f'{at}{error}', *causes])) from error
        for logical_id, old in reversed(before.items()):
            if self.made.get(logical_id) is not old:
                old.discard('UpdateReplacePolicy' if logical_id in self.made else 'DeletionPolicy')

    def there(self, entries):
        return [(key, entry) for key, entry in entries.items()
                if 'Condition' not in entry or self.scope.condition(entry['Condition'])]

    def resource(self, logical_id):
        """A resource as it is wanted: made, changed or left alone, after all that it refers to."""
        if logical_id in self.made:
            return self.made[logical_id]
        if logical_id not in self.wanted['Resources']:
            raise TemplateError(f'no resource or parameter {logical_id}')
        if logical_id in self.under_way:
            raise TemplateError(f'{logical_id} depends on itself, by {" and ".join(self.under_way)}')
        self.under_way.append(logical_id)
        entry = self.wanted['Resources'][logical_id]
        depends_on = entry.get('DependsOn', [])
        for other in [depends_on] if isinstance(depends_on, str) else depends_on:
            self.resource(other)
        properties = self.scope.resolve(copy.deepcopy(entry.get('Properties', {})))
        resource = self.previous.get(logical_id)
        if resource is None or resource.cf_resource_type != entry['Type'] or not resource.changed(properties):
            if entry['Type'] not in TYPES:
                raise TemplateError(f'nothing makes {entry["Type"]} here')
            resource = TYPES[entry['Type']](logical_id, self)
            resource.make(properties)
        resource.entry = entry
        self.made[logical_id] = resource
        self.under_way.pop()
        return resource


def parameter_values(template, given):
    """Value of each parameter: the given one or the default, numbers and lists as such."""
    declared = template.get('Parameters', {})
    unknown = sorted(given.keys() - declared.keys())
    if unknown:
        raise ValidationError(message=f'Parameters: [{", ".join(unknown)}] do not exist in the template')
    values = {}
    for name, parameter in declared.items():
        value = given.get(name, parameter.get('Default'))
        if value is None:
            raise ValidationError(message=f'Parameters: [{name}] must have values')
        if not re.fullmatch(parameter.get('AllowedPattern', '(?s).*'), str(value)):
            raise ValidationError(message=f'Parameter {name} failed to satisfy constraint: '
                                          f'{parameter.get("ConstraintDescription", parameter["AllowedPattern"])}')
        if str(value) not in map(str, parameter.get('AllowedValues', [value])):
            raise ValidationError(message=f'Parameter {name} must be one of {parameter["AllowedValues"]}')
        is_list = parameter['Type'] == 'CommaDelimitedList'
        values[name] = [item.strip() for item in value.split(',')] if is_list else str(value)
    return values


def as_text(value):
    return ','.join(value) if isinstance(value, list) else value


class NoManagedPolicies:
    """The translator asks for AWS's managed policies by name; the template names none so."""

    def load(self):
        return {}


def translated(template, values):
    """The template after SAM's transformation. A local CodeUri counts as uploaded: functions do not run here."""
    template = copy.deepcopy(template)
    if template.get('Transform') != 'AWS::Serverless-2016-10-31':
        return template
    functions = [entry['Properties'] for entry in template['Resources'].values()
                 if entry['Type'] == 'AWS::Serverless::Function']
    for properties in [*functions, template.get('Globals', {}).get('Function', {})]:
        if 'CodeUri' in properties:
            properties['CodeUri'] = 's3://code/bundle.zip'
    return json.loads(json.dumps(transform(template, dict(values), NoManagedPolicies())))


def execute_change_set(self, change_set_name, stack_name=None):
    change_set = self.describe_change_set(change_set_name)
    change_set.stack.execute(change_set)
    change_set.execution_status = 'EXECUTE_COMPLETE'


def install():
    models.Stack = Stack
    models.ChangeSet._parse_template = lambda self: setattr(self, 'template_dict', yaml_parse(self.template))
    models.CloudFormationBackend.execute_change_set = execute_change_set
