"""CloudFormation's functions, resolved by value: Ref, Fn::GetAtt, Fn::Sub and the others that template.yaml uses."""
import base64
import re

NO_VALUE = object()


class TemplateError(Exception):
    """The template asks for what does not exist. CloudFormation would refuse it, too."""


class Scope:
    """What names stand for: parameters and pseudo parameters by value, conditions by truth, resources when asked."""

    def __init__(self, values, conditions, resource):
        self.values = {**values, 'AWS::NoValue': NO_VALUE}
        self.conditions, self.resource = conditions, resource

    def ref(self, name):
        return self.values[name] if name in self.values else self.resource(name).physical_resource_id

    def attribute(self, name, attribute):
        attributes = self.resource(name).attributes
        if attribute not in attributes:
            raise TemplateError(f'{name} has no attribute {attribute}')
        return attributes[attribute]

    def condition(self, name):
        if name not in self.conditions:
            raise TemplateError(f'no condition {name}')
        return self.test(self.conditions[name])

    def test(self, expression):
        (function, arguments), = expression.items()
        match function:
            case 'Condition':
                return self.condition(arguments)
            case 'Fn::Equals':
                left, right = (str(self.resolve(argument)) for argument in arguments)
                return left == right
            case 'Fn::Not':
                return not self.test(arguments[0])
            case _:
                raise TemplateError(f'no function {function} of conditions here')

    def resolve(self, value):
        """A value with every function in it replaced by its result."""
        if isinstance(value, list):
            return [item for item in map(self.resolve, value) if item is not NO_VALUE]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            (name, arguments), = value.items()
            if name == 'Ref' or name.startswith('Fn::'):
                return self.call(name, arguments)
        resolved = ((key, self.resolve(item)) for key, item in value.items())
        return {key: item for key, item in resolved if item is not NO_VALUE}

    def call(self, function, arguments):
        match function, arguments:
            case 'Ref', name:
                return self.ref(name)
            case 'Fn::GetAtt', str(path):
                return self.attribute(*path.split('.', 1))
            case 'Fn::GetAtt', [name, attribute]:
                return self.attribute(name, attribute)
            case 'Fn::Sub', str(text):
                return self.substitute(text, {})
            case 'Fn::Sub', [text, names]:
                return self.substitute(text, self.resolve(names))
            case 'Fn::Join', [separator, parts]:
                return separator.join(map(str, self.resolve(parts)))
            case 'Fn::Split', [separator, text]:
                return self.resolve(text).split(separator)
            case 'Fn::Select', [index, parts]:
                return self.resolve(parts)[int(index)]
            case 'Fn::Base64', text:
                return base64.b64encode(self.resolve(text).encode()).decode()
            case 'Fn::If', [name, yes, no]:
                return self.resolve(yes if self.condition(name) else no)
            case _:
                raise TemplateError(f'no function {function} here')

    def substitute(self, text, names):
        def by_value(match):
            name = match[1]
            if name.startswith('!'):
                return f'${{{name[1:]}}}'
            if name in names:
                return str(names[name])
            return str(self.attribute(*name.split('.', 1)) if '.' in name else self.ref(name))
        return re.sub(r'\$\{([^}]*)\}', by_value, text)
