"""Resource types of operation: IAM, Secrets Manager, CloudWatch, SNS."""
from .resource import Resource, without


class Role(Resource, type='AWS::IAM::Role'):
    service, fixed = 'iam', ('RoleName',)

    def create(self, p):
        self.physical_resource_id = p.get('RoleName') or self.own_name()
        role = self.role('create_role', {'AssumeRolePolicyDocument': p['AssumeRolePolicyDocument']})['Role']
        self.attributes = {'Arn': role['Arn'], 'RoleId': role['RoleId']}
        self.grant(p)

    def update(self, p, before):
        self.role('update_assume_role_policy', {'PolicyDocument': p['AssumeRolePolicyDocument']})
        self.revoke(before)
        self.grant(p)

    def delete(self):
        self.revoke(self.properties)
        self.role('delete_role', {})

    def grant(self, p):
        for policy in p.get('Policies', []):
            self.role('put_role_policy', policy)
        for arn in p.get('ManagedPolicyArns', []):
            self.role('attach_role_policy', {'PolicyArn': arn})

    def revoke(self, p):
        for policy in p.get('Policies', []):
            self.role('delete_role_policy', {'PolicyName': policy['PolicyName']})
        for arn in p.get('ManagedPolicyArns', []):
            self.role('detach_role_policy', {'PolicyArn': arn})

    def role(self, operation, properties):
        return self.call(operation, properties, {'RoleName': self.physical_resource_id})


class Secret(Resource, type='AWS::SecretsManager::Secret'):
    service, fixed = 'secretsmanager', ('Name',)

    def create(self, p):
        value = self.call('get_random_password', p['GenerateSecretString'])['RandomPassword']
        self.physical_resource_id = self.call('create_secret', without(p, 'GenerateSecretString'), {
            'Name': p.get('Name') or self.own_name(), 'SecretString': value})['ARN']

    def update(self, p, before):
        if p.get('GenerateSecretString') != before.get('GenerateSecretString'):
            raise ValueError('generating a new secret is not supported here')
        self.call('update_secret', without(p, 'GenerateSecretString', 'Name'), {'SecretId': self.physical_resource_id})

    def delete(self):
        self.call('delete_secret', {'SecretId': self.physical_resource_id, 'ForceDeleteWithoutRecovery': True})


class LogGroup(Resource, type='AWS::Logs::LogGroup'):
    service, fixed = 'logs', ('LogGroupName',)

    def create(self, p):
        self.physical_resource_id = name = p['LogGroupName']
        self.call('create_log_group', {'LogGroupName': name})
        self.attributes = {'Arn': self.arn('logs', f'log-group:{name}:*')}
        self.update(p, {})

    def update(self, p, before):
        self.call('put_retention_policy', p)

    def delete(self):
        self.call('delete_log_group', {'LogGroupName': self.physical_resource_id})


class Dashboard(Resource, type='AWS::CloudWatch::Dashboard'):
    service, fixed = 'cloudwatch', ('DashboardName',)

    def create(self, p):
        self.physical_resource_id = p['DashboardName']
        self.update(p, {})

    def update(self, p, before):
        self.call('put_dashboard', p)

    def delete(self):
        self.call('delete_dashboards', {'DashboardNames': [self.physical_resource_id]})


class Topic(Resource, type='AWS::SNS::Topic'):
    service, fixed = 'sns', ('TopicName',)

    def create(self, p):
        name = p.get('TopicName') or self.own_name()
        attributes = without(p, 'TopicName')
        self.physical_resource_id = self.call('create_topic', {'Name': name, 'Attributes': attributes})['TopicArn']
        self.attributes = {'TopicArn': self.physical_resource_id, 'TopicName': name}

    def delete(self):
        self.call('delete_topic', {'TopicArn': self.physical_resource_id})


class Subscription(Resource, type='AWS::SNS::Subscription'):
    service = 'sns'

    def create(self, p):
        self.physical_resource_id = self.call('subscribe', p)['SubscriptionArn']

    def delete(self):
        self.call('unsubscribe', {'SubscriptionArn': self.physical_resource_id})


class Alarm(Resource, type='AWS::CloudWatch::Alarm'):
    service, fixed = 'cloudwatch', ('AlarmName',)

    def create(self, p):
        self.physical_resource_id = p['AlarmName']
        self.attributes = {'Arn': self.arn('cloudwatch', f'alarm:{p["AlarmName"]}')}
        self.update(p, {})

    def update(self, p, before):
        self.call('put_metric_alarm', p)

    def delete(self):
        self.call('delete_alarms', {'AlarmNames': [self.physical_resource_id]})
