"""Reports what a bot sends to its telegram-lake: for aiogram 3, python-telegram-bot 20 and newer, and any other Python.

It never slows the bot and never makes it fail: reports wait in a short queue and go out one after the other, from a thread
of their own, each for at most two seconds. What does not go out is dropped, and counted in `lake.dropped`.

    lake = LakeReporter(os.environ['LAKE_URL'], os.environ['LAKE_SECRET'])
    bot.session.middleware(lake.aiogram)                                   # aiogram
    Application.builder().token(TOKEN).request(lake.telegram_request())    # python-telegram-bot
    lake.sent(message_as_dict, handled=False)                              # anything else
"""
import json
import queue
import re
import threading
import urllib.request


class LakeReporter:
    def __init__(self, url, secret, seconds=2, most_waiting=100):
        self.url, self.secret, self.seconds = url, secret, seconds
        self.dropped = 0
        self._waiting = queue.Queue(most_waiting)
        threading.Thread(target=self._send_all, daemon=True).start()

    def sent(self, result, handled=None, intent=None):
        """A message that the bot has sent, as the Bot API answered it, with what the bot thinks of it."""
        remarks = {'handled': handled, 'intent': intent}
        self._report({'result': result, **{name: value for name, value in remarks.items() if value is not None}})

    async def aiogram(self, make_request, bot, method):
        """A middleware of aiogram's session."""
        result = await make_request(bot, method)
        try:
            # aiogram marks what was not given by a default, which is no JSON.
            payload = method.model_dump(include={'chat_id', 'message_id', 'message_ids'}, exclude_none=True)
            self._called(method.__api_method__, payload, _plain(result.result if hasattr(result, 'result') else result))
        except Exception:
            self.dropped += 1
        return result

    def telegram_request(self, **options):
        """A request class for python-telegram-bot: the answers of the Bot API pass through it."""
        from telegram.request import HTTPXRequest
        lake = self

        class ReportingRequest(HTTPXRequest):
            async def do_request(self, url, method, request_data=None, **arguments):
                status, body = await super().do_request(url, method, request_data, **arguments)
                try:
                    payload = request_data.parameters if request_data else {}
                    if status == 200:
                        lake._called(url.rsplit('/', 1)[-1], payload, json.loads(body).get('result'))
                except Exception:
                    lake.dropped += 1
                return status, body

        return ReportingRequest(**options)

    def _called(self, method, payload, result):
        if re.fullmatch('deleteMessages?', method):
            fields = {name: payload[name] for name in ('chat_id', 'message_id', 'message_ids') if name in payload}
            self._report({'method': method, 'payload': fields, 'result': result})
        elif not method.startswith('get') and (isinstance(result, list) or isinstance(result, dict) and 'chat' in result):
            self._report({'method': method, 'result': result})

    def _report(self, fields):
        try:
            self._waiting.put_nowait(json.dumps(fields).encode())
        except queue.Full:
            self.dropped += 1

    def _send_all(self):
        while True:
            body = self._waiting.get()
            headers = {'Content-Type': 'application/json', 'Authorization': f'Bearer {self.secret}'}
            try:
                request = urllib.request.Request(self.url, body, headers)
                with urllib.request.urlopen(request, timeout=self.seconds) as response:
                    response.read()
            except Exception:
                self.dropped += 1
            self._waiting.task_done()


def _plain(result):
    """What aiogram has read, as the Bot API wrote it: with its names, times in seconds, and without what is missing."""
    if isinstance(result, list):
        return [_plain(item) for item in result]
    if not hasattr(result, 'model_dump'):
        return result
    return _seconds(result.model_dump(by_alias=True, exclude_none=True, exclude_unset=True))


def _seconds(value):
    if isinstance(value, dict):
        return {'from' if name == 'from_user' else name: _seconds(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_seconds(item) for item in value]
    return int(value.timestamp()) if hasattr(value, 'timestamp') else value
