"""Resource types of the lake: S3, Glue, Athena."""
import re

from .intrinsics import TemplateError
from .resource import Resource, without


class Bucket(Resource, type='AWS::S3::Bucket'):
    service, fixed = 's3', ('BucketName',)

    def create(self, p):
        self.physical_resource_id = name = p.get('BucketName') or self.own_name().lower()
        # moto takes any name in us-east-1, as S3 did until 2018.
        if not re.fullmatch(r'[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]', name):
            raise TemplateError(f'The specified bucket is not valid: {name}')
        # moto would take the existing one over.
        if name in [bucket['Name'] for bucket in self.call('list_buckets')['Buckets']]:
            raise ValueError(f'{name} already exists')
        self.call('create_bucket', {'Bucket': name})
        self.attributes = {'Arn': f'arn:aws:s3:::{name}'}
        self.update(p, {})

    def update(self, p, before):
        gone = sorted(before.keys() - p.keys())
        if gone:
            raise ValueError(f'taking {gone} from a bucket is not supported here')
        for name, value in without(p, 'BucketName').items():
            setting = getattr(self, name, None)
            if setting is None:
                raise ValueError(f'the setting {name} of a bucket is not supported here')
            setting(value)

    def set(self, operation, **setting):
        self.call(operation, {'Bucket': self.physical_resource_id, **setting})

    def PublicAccessBlockConfiguration(self, value):
        self.set('put_public_access_block', PublicAccessBlockConfiguration=value)

    def OwnershipControls(self, value):
        self.set('put_bucket_ownership_controls', OwnershipControls=value)

    def VersioningConfiguration(self, value):
        self.set('put_bucket_versioning', VersioningConfiguration=value)

    def Tags(self, value):
        self.set('put_bucket_tagging', Tagging={'TagSet': value})

    def BucketEncryption(self, value):
        rules = [{'ApplyServerSideEncryptionByDefault': rule['ServerSideEncryptionByDefault'],
                  **without(rule, 'ServerSideEncryptionByDefault')}
                 for rule in value['ServerSideEncryptionConfiguration']]
        self.set('put_bucket_encryption', ServerSideEncryptionConfiguration={'Rules': rules})

    def LifecycleConfiguration(self, value):
        expiration = {'ExpirationInDays': 'Days', 'ExpiredObjectDeleteMarker': 'ExpiredObjectDeleteMarker'}
        rules = []
        for rule in value['Rules']:
            expire = {name: rule[key] for key, name in expiration.items() if key in rule}
            rules.append({**without(rule, 'Prefix', *expiration), 'Filter': {'Prefix': rule.get('Prefix', '')},
                          **({'Expiration': expire} if expire else {})})
        self.set('put_bucket_lifecycle_configuration', LifecycleConfiguration={'Rules': rules})

    def delete(self):
        self.call('delete_bucket', {'Bucket': self.physical_resource_id})


class BucketPolicy(Resource, type='AWS::S3::BucketPolicy'):
    service, fixed = 's3', ('Bucket',)

    def create(self, p):
        self.physical_resource_id = p['Bucket']
        self.update(p, {})

    def update(self, p, before):
        self.call('put_bucket_policy', {'Bucket': p['Bucket'], 'Policy': p['PolicyDocument']})

    def delete(self):
        self.call('delete_bucket_policy', {'Bucket': self.physical_resource_id})


class Database(Resource, type='AWS::Glue::Database'):
    service = 'glue'

    def create(self, p):
        self.physical_resource_id = p['DatabaseInput']['Name']
        self.call('create_database', p)

    def delete(self):
        self.call('delete_database', {'Name': self.physical_resource_id})


class Table(Resource, type='AWS::Glue::Table'):
    service, fixed = 'glue', ('DatabaseName',)

    def create(self, p):
        self.physical_resource_id = p['TableInput']['Name']
        self.call('create_table', p)

    def update(self, p, before):
        self.call('update_table', p)

    def delete(self):
        self.call('delete_table', {'DatabaseName': self.properties['DatabaseName'], 'Name': self.physical_resource_id})


class WorkGroup(Resource, type='AWS::Athena::WorkGroup'):
    service, fixed = 'athena', ('Name',)

    def create(self, p):
        self.physical_resource_id = p['Name']
        settings = without(p, 'WorkGroupConfiguration', 'RecursiveDeleteOption')
        self.call('create_work_group', settings, {'Configuration': p['WorkGroupConfiguration']})

    def update(self, p, before):
        wanted = p['WorkGroupConfiguration']
        changes = {**without(wanted, 'ResultConfiguration'),
                   'ResultConfigurationUpdates': wanted['ResultConfiguration']}
        self.call('update_work_group', {'WorkGroup': p['Name'], 'Description': p['Description'],
                                        'ConfigurationUpdates': changes})

    def delete(self):
        self.call('delete_work_group', {'WorkGroup': self.physical_resource_id,
                                        'RecursiveDeleteOption': self.properties.get('RecursiveDeleteOption', False)})


class NamedQuery(Resource, type='AWS::Athena::NamedQuery'):
    service = 'athena'

    def create(self, p):
        self.physical_resource_id = self.call('create_named_query', p)['NamedQueryId']

    def delete(self):
        self.call('delete_named_query', {'NamedQueryId': self.physical_resource_id})
