"""Athena: query executions run on Trino; moto's succeed by themselves, without rows. And calls that moto lacks."""
import json
import os
import re
import threading
import time
import urllib.request
import uuid

from moto.athena.responses import AthenaResponse
from moto.core.exceptions import JsonRESTError
from moto.s3.models import s3_backends

executions = {}
ids_by_token = {}


def invalid(message):
    return JsonRESTError('InvalidRequestException', message)


class TrinoError(Exception):
    """Trino refused or failed a statement, or is not there."""


def run_on_trino(sql, database):
    """Columns and rows of a statement; no columns for one that only writes."""
    headers = {'X-Trino-User': 'athena', 'X-Trino-Catalog': 'awsdatacatalog', 'X-Trino-Schema': database,
               'X-Trino-Time-Zone': 'UTC'}

    def page(url, body=None):
        try:
            with urllib.request.urlopen(urllib.request.Request(url, body, headers)) as response:
                return json.load(response)
        except OSError as error:
            raise TrinoError(f'Trino does not answer: {error}') from error

    columns, rows, scanned = [], [], 0
    answer = page(os.environ['TRINO_URL'] + '/v1/statement', sql.encode())
    while True:
        if 'error' in answer:
            raise TrinoError(f'{answer["error"]["errorName"]}: {answer["error"]["message"]}')
        columns = columns or answer.get('columns', [])
        rows += answer.get('data', [])
        scanned = answer['stats'].get('physicalInputBytes', scanned)
        if 'nextUri' not in answer:
            return ([], [], scanned) if 'updateType' in answer else (columns, rows, scanned)
        answer = page(answer['nextUri'])


class Execution:
    """One run of a statement."""

    def __init__(self, sql, context, work_group, location):
        self.id = str(uuid.uuid4())
        self.sql, self.context, self.work_group = sql, context, work_group
        self.output = f'{location.rstrip("/")}/{self.id}.csv'
        self.state, self.reason, self.scanned = 'RUNNING', None, 0
        self.columns, self.rows = [], []
        self.started, self.ended = time.time(), None

    def run(self, s3):
        try:
            # Athena takes one closing semicolon, Trino none.
            sql = re.sub(r';\s*$', '', self.sql)
            columns, rows, self.scanned = run_on_trino(sql, self.context.get('Database', 'default'))
            self.columns = [{'CatalogName': 'hive', 'SchemaName': '', 'TableName': '', 'Name': c['name'],
                             'Label': c['name'], 'Type': c['type'].split('(')[0], 'Precision': 0, 'Scale': 0,
                             'Nullable': 'UNKNOWN', 'CaseSensitive': False} for c in columns]
            header = [[c['name'] for c in columns]] if columns else []
            self.rows = [{'Data': [cell(value) for value in row]} for row in header + rows]
            bucket, key = self.output.removeprefix('s3://').split('/', 1)
            s3.put_object(bucket, key, ''.join(csv_line(row) for row in self.rows).encode())
            outcome = 'SUCCEEDED'
        except Exception as error:  # whatever it was, the caller waits for an end
            self.reason, outcome = str(error), 'FAILED'
        self.ended = time.time()
        if self.state == 'RUNNING':
            self.state = outcome

    def description(self):
        status = {'State': self.state, 'StateChangeReason': self.reason,
                  'SubmissionDateTime': self.started, 'CompletionDateTime': self.ended}
        milliseconds = int(((self.ended or time.time()) - self.started) * 1000)
        return {'QueryExecutionId': self.id, 'Query': self.sql, 'StatementType': 'DML', 'WorkGroup': self.work_group,
                'QueryExecutionContext': self.context, 'ResultConfiguration': {'OutputLocation': self.output},
                'Status': {key: value for key, value in status.items() if value is not None},
                'Statistics': {'EngineExecutionTimeInMillis': milliseconds, 'TotalExecutionTimeInMillis': milliseconds,
                               'DataScannedInBytes': self.scanned}}


def cell(value):
    if value is None:
        return {}
    return {'VarCharValue': value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}


def csv_line(row):
    values = (cell.get('VarCharValue') for cell in row['Data'])
    return ','.join('' if value is None else '"' + value.replace('"', '""') + '"' for value in values) + '\n'


def start_query_execution(self):
    name = self._get_param('WorkGroup') or 'primary'
    work_group = self.athena_backend.work_groups.get(name)
    if work_group is None:
        raise invalid(f'WorkGroup {name} is not found.')
    wanted = self._get_param('ResultConfiguration') or {}
    own = work_group.configuration.get('ResultConfiguration', {})
    if work_group.configuration['EnforceWorkGroupConfiguration']:
        wanted = {}
    location = wanted.get('OutputLocation') or own.get('OutputLocation')
    if not location:
        raise invalid('No output location provided.')
    sql, token = self._get_param('QueryString'), self._get_param('ClientRequestToken')
    earlier = executions.get(ids_by_token.get(token))
    if earlier and (earlier.sql, earlier.work_group) != (sql, name):
        raise invalid('Idempotent parameters do not match')
    if earlier:
        return json.dumps({'QueryExecutionId': earlier.id})
    execution = Execution(sql, self._get_param('QueryExecutionContext') or {}, name, location)
    executions[execution.id] = execution
    ids_by_token[token] = execution.id
    threading.Thread(target=execution.run, args=(s3_backends[self.current_account]['aws'],), daemon=True).start()
    return json.dumps({'QueryExecutionId': execution.id})


def found(self):
    execution_id = self._get_param('QueryExecutionId')
    if execution_id not in executions:
        raise invalid(f'QueryExecution {execution_id} was not found')
    return executions[execution_id]


def get_query_execution(self):
    return json.dumps({'QueryExecution': found(self).description()})


def get_query_results(self):
    execution = found(self)
    if execution.state != 'SUCCEEDED':
        raise invalid(f'Query did not finish successfully. Final query state: {execution.state}')
    first = int(self._get_param('NextToken') or 0)
    last = first + int(self._get_param('MaxResults') or 1000)
    answer = {'ResultSet': {'Rows': execution.rows[first:last], 'ResultSetMetadata': {'ColumnInfo': execution.columns}}}
    if last < len(execution.rows):
        answer['NextToken'] = str(last)
    return json.dumps(answer)


def stop_query_execution(self):
    """Only in name: the statement goes on, and its outcome is dropped."""
    execution = found(self)
    if execution.state == 'RUNNING':
        execution.state, execution.reason = 'CANCELLED', 'Query cancelled by user'
    return '{}'


def batch_get_named_query(self):
    queries = {query_id: self.athena_backend.get_named_query(query_id) for query_id in self._get_param('NamedQueryIds')}
    return json.dumps({
        'NamedQueries': [{'NamedQueryId': query.id, 'Name': query.name, 'Description': query.description,
                          'Database': query.database, 'QueryString': query.query_string,
                          'WorkGroup': query.workgroup.name} for query in queries.values() if query],
        'UnprocessedNamedQueryIds': [{'NamedQueryId': query_id} for query_id, query in queries.items() if not query]})


def delete_named_query(self):
    self.athena_backend.named_queries.pop(self._get_param('NamedQueryId'), None)
    return '{}'


def update_work_group(self):
    work_group = self.athena_backend.work_groups.get(self._get_param('WorkGroup'))
    if work_group is None:
        raise invalid('WorkGroup is not found.')
    updates = self._get_param('ConfigurationUpdates') or {}
    results = updates.pop('ResultConfigurationUpdates', None)
    work_group.configuration.update(updates)
    if results:
        work_group.configuration.setdefault('ResultConfiguration', {}).update(results)
    work_group.description = self._get_param('Description') or work_group.description
    return '{}'


def install():
    for operation in (start_query_execution, get_query_execution, get_query_results, stop_query_execution,
                      batch_get_named_query, delete_named_query, update_work_group):
        setattr(AthenaResponse, operation.__name__, operation)
