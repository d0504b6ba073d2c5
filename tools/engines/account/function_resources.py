"""Resource types around the functions: Lambda, EventBridge, SQS, API Gateway."""
import io
import json
import zipfile

from .resource import Resource, without


def stub_code():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, 'w') as stub:
        stub.writestr('stub.mjs', 'export const handler = async () => ({ statusCode: 501 });')
    return {'ZipFile': archive.getvalue()}


class Function(Resource, type='AWS::Lambda::Function'):
    service, fixed = 'lambda', ('FunctionName',)

    def create(self, p):
        self.physical_resource_id = p['FunctionName']
        self.attributes = {'Arn': self.call('create_function', p, {'Code': stub_code()})['FunctionArn']}

    def update(self, p, before):
        self.call('update_function_configuration', without(p, 'Code', 'Tags', 'Architectures'))

    def delete(self):
        self.call('delete_function', {'FunctionName': self.physical_resource_id})


class Permission(Resource, type='AWS::Lambda::Permission'):
    service = 'lambda'

    def create(self, p):
        self.physical_resource_id = self.own_name(100)
        self.call('add_permission', p, {'StatementId': self.physical_resource_id})

    def delete(self):
        self.call('remove_permission', {'FunctionName': self.properties['FunctionName'],
                                        'StatementId': self.physical_resource_id})


class EventInvokeConfig(Resource, type='AWS::Lambda::EventInvokeConfig'):
    service, fixed = 'lambda', ('FunctionName', 'Qualifier')

    def create(self, p):
        self.physical_resource_id = f'{p["FunctionName"]}|{p["Qualifier"]}'
        self.update(p, {})

    def update(self, p, before):
        # moto looks the function up by its name alone.
        self.call('put_function_event_invoke_config', without(p, 'Qualifier'))

    def delete(self):
        self.call('delete_function_event_invoke_config', {'FunctionName': self.properties['FunctionName']})


class Rule(Resource, type='AWS::Events::Rule'):
    service = 'events'

    def create(self, p):
        self.physical_resource_id = p.get('Name') or self.own_name()
        self.update(p, {'Targets': []})

    def update(self, p, before):
        name = self.physical_resource_id
        self.attributes = {'Arn': self.call('put_rule', without(p, 'Targets'), {'Name': name})['RuleArn']}
        self.forget(before['Targets'])
        self.call('put_targets', {'Rule': name, 'Targets': p['Targets']})

    def forget(self, targets):
        if targets:
            ids = [target['Id'] for target in targets]
            self.call('remove_targets', {'Rule': self.physical_resource_id, 'Ids': ids})

    def delete(self):
        self.forget(self.properties['Targets'])
        self.call('delete_rule', {'Name': self.physical_resource_id})


class Queue(Resource, type='AWS::SQS::Queue'):
    service, fixed = 'sqs', ('QueueName',)

    def create(self, p):
        name = p.get('QueueName') or self.own_name(80)
        queue = self.call('create_queue', {'QueueName': name, 'Attributes': without(p, 'QueueName')})
        self.physical_resource_id = queue['QueueUrl']
        self.attributes = {'Arn': self.arn('sqs', name), 'QueueName': name, 'QueueUrl': self.physical_resource_id}

    def update(self, p, before):
        attributes = without(p, 'QueueName')
        self.call('set_queue_attributes', {'QueueUrl': self.physical_resource_id, 'Attributes': attributes})

    def delete(self):
        self.call('delete_queue', {'QueueUrl': self.physical_resource_id})


class QueuePolicy(Resource, type='AWS::SQS::QueuePolicy'):
    service, fixed = 'sqs', ('Queues',)

    def create(self, p):
        self.physical_resource_id = self.own_name()
        self.update(p, {})

    def update(self, p, before):
        self.put(p['PolicyDocument'])

    def delete(self):
        self.put('')

    def put(self, policy):
        for queue in self.properties['Queues']:
            self.call('set_queue_attributes', {'QueueUrl': queue, 'Attributes': {'Policy': policy}})


class RestApi(Resource, type='AWS::ApiGateway::RestApi'):
    service = 'apigateway'

    def create(self, p):
        settings = without(p, 'Body', 'Parameters')
        policy = p['Body'].get('x-amazon-apigateway-policy')
        made = self.call('create_rest_api', settings, {'Policy': policy} if policy else {})
        self.physical_resource_id = made['id']
        self.load(p)
        self.attributes = {'RestApiId': made['id'], 'RootResourceId': self.resources()['/']}

    def update(self, p, before):
        policy = p['Body'].get('x-amazon-apigateway-policy')
        changes = {'/name': p['Name'], '/description': p['Description'], '/policy': json.dumps(policy)}
        self.call('update_rest_api', {'RestApiId': self.physical_resource_id, 'PatchOperations': patches(changes)})
        self.load(p)

    def load(self, p):
        body = {'openapi': p['Body']['openapi'], 'paths': p['Body']['paths']}
        self.call('put_rest_api', {'RestApiId': self.physical_resource_id, 'Mode': 'overwrite',
                                   'Body': json.dumps(body).encode()})

    def resources(self):
        resources = self.call('get_resources', {'RestApiId': self.physical_resource_id})['items']
        return {resource['path']: resource['id'] for resource in resources}

    def delete(self):
        self.call('delete_rest_api', {'RestApiId': self.physical_resource_id})


def patches(changes):
    return [{'Op': 'replace', 'Path': path, 'Value': value} for path, value in changes.items()]


class Deployment(Resource, type='AWS::ApiGateway::Deployment'):
    service = 'apigateway'

    def create(self, p):
        self.physical_resource_id = self.call('create_deployment', p)['id']

    def delete(self):
        api = self.properties['RestApiId']
        self.call('delete_deployment', {'RestApiId': api, 'DeploymentId': self.physical_resource_id})


class Stage(Resource, type='AWS::ApiGateway::Stage'):
    service, fixed = 'apigateway', ('RestApiId', 'StageName')
    METHOD_SETTINGS = {'ThrottlingRateLimit': 'throttling/rateLimit', 'ThrottlingBurstLimit': 'throttling/burstLimit',
                       'LoggingLevel': 'logging/loglevel', 'DataTraceEnabled': 'logging/dataTrace',
                       'MetricsEnabled': 'metrics/enabled'}

    def create(self, p):
        self.physical_resource_id = p['StageName']
        self.call('create_stage', without(p, 'AccessLogSetting', 'MethodSettings'))
        self.update(p, p)

    def update(self, p, before):
        changes = {} if p['DeploymentId'] == before['DeploymentId'] else {'/deploymentId': p['DeploymentId']}
        changes |= {f'/accessLogSettings/{key[0].lower()}{key[1:]}': value
                    for key, value in p.get('AccessLogSetting', {}).items()}
        for setting in p.get('MethodSettings', []):
            method = '*' if setting['ResourcePath'] == '/*' else setting['ResourcePath'].replace('/', '~1')
            for key, value in without(setting, 'HttpMethod', 'ResourcePath').items():
                changes[f'/{method}/{setting["HttpMethod"]}/{self.METHOD_SETTINGS[key]}'] = value
        self.call('update_stage', {'RestApiId': p['RestApiId'], 'StageName': p['StageName'],
                                   'PatchOperations': patches(changes)})

    def delete(self):
        self.call('delete_stage', {'RestApiId': self.properties['RestApiId'], 'StageName': self.physical_resource_id})


class Account(Resource, type='AWS::ApiGateway::Account'):
    service = 'apigateway'

    def create(self, p):
        self.physical_resource_id = self.own_name()
        self.update(p, {})

    def update(self, p, before):
        self.call('update_account', {'PatchOperations': patches({'/cloudwatchRoleArn': p['CloudWatchRoleArn']})})

    def delete(self):
        """AWS leaves the account as it is."""
