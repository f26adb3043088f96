"""What servers say of an error where its status and type tell nothing, or something else.

Pure. From issues of servers, routers and SDKs. Knows no form that an error comes in.
"""

from __future__ import annotations

import re


def _any(*phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(phrases), re.IGNORECASE)


# What is said where status and type tell nothing, or something else: by issues of servers, routers and SDKs.
NO_QUOTA = _any(
    r"insufficient[_ ](?:account[_ ])?(?:balance|funds|credit|quota)|balance (?:is )?(?:insufficient|not enough)",
    r"credit balance is too low|out of credits?|no (?:balance|credits?) (?:left|remaining)|never purchased credits",
    r"(?:n['o]t|no) have (?:any |enough |sufficient )?credits?|credits? (?:are |have been |is )?(?:depleted|exhausted)",
    r"used (?:all|up)[^.]{0,30}credits?|exceeded[^.]{0,30}\bcredits?\b|credit[_ ]limit[_ ](?:exceeded|reached)",
    r"payment[ _]?required|(?:enter your|needs? a|requires? a|no valid) payment method|billing[_ ](?:hard[_ ])?limit",
    r"requires? (?:more|at least)[^.]{0,40}credits?|free allocated quota",
    r"spend(?:ing)?[_ ](?:limit|cap)|arrearage|overdue|in good standing|free ?tier[^.]{0,40}(?:exhausted|only)",
    "欠费|无可用资源包|(?:余额|余量|额度|资源包)[^。]{0,8}(?:不足|不够|用尽|用完|耗尽|为零)|请充值",
)
KEY = _any(
    r"api[ _-]?key[^.]{0,30}(?:not valid|invalid|incorrect|expired|revoked|missing|not found|disabled)",
    r"(?:invalid|incorrect|missing|no|expired)[^.]{0,12}(?:api[ _-]?key|auth\w*|token provided|bearer|access key)",
    r"(?:invalid|no such)[_ ]?(?:api|access)[_ ]?key|unauthori[sz]ed|authentication (?:failed|error)",
    "身份验证|令牌|鉴权|未授权|认证失败|(?:密钥|api ?key)[^。]{0,10}(?:无效|错误|不正确|不存在|过期|失效)",
)
MODEL = _any(
    r"model\b[^.]{0,80}(?:not (?:found|exist|supported|available|allowed|a valid)|does(?:n't| not) exist|n['o]t exist)",
    r"model\b[^.]{0,80}(?:unknown|decommissioned|deprecated|no longer|not have access|no access|not activated)",
    r"(?:invalid|unknown|unsupported|no such|incorrect|not a valid) model\b",
    r"not activated the model|model (?:is )?disabled",
    r"access to (?:the |this )?model|model access denied|allowed to (?:access|use)[^.]{0,20}model",
    "模型[^。]{0,20}(?:不存在|未找到|未开通|不支持|下线|下架)|无权(?:访问|使用)[^。]{0,10}模型",
)
POLICY = _any(r"data policy|privacy settings|guardrail restrictions|set inference limit")
REGION = _any(
    r"unsupported_country|(?:country|region|territory|location)\b[^.]{0,60}(?:not|n't) (?:supported|available|allowed)",
    r"not (?:supported|available|allowed) in your (?:country|region|location)|unsupported (?:country|region)",
    "地区[^。]{0,10}不(?:支持|可用)",
)
FILTERED = _any(
    r"content exists risk|data_?inspection|inappropriate content|invalid_prompt|flagged (?:as|by|for)",
    r"(?:usage|content|acceptable[- ]use|safety)[ _](?:management )?(?:guideline|polic|filter)|moderation|risk control",
    r"sensitive ?(?:content|information|word)|new_sensitive",
    "敏感|违规|不合规|不当内容|不安全|安全审核|内容审核",
)
TOO_LONG = _any(
    r"context[_ ](?:length|size|window)|maximum context|max(?:imum)?[_ ](?:model|seq\w*|input|prompt)[_ ]?len",
    r"(?:prompt|input|request|message)s?\b[^.]{0,30}\btoo (?:long|many tokens)",
    r"too many (?:input |prompt )?tokens|max input (?:characters|tokens)|max length of",
    r"exceeds the max limit|tokens in the prompt cannot exceed",
    r"exceed\w*[^.]{0,40}(?:context|token limit|max\w* (?:allowed )?(?:input|message|number of tokens|length|tokens))",
    r"n_ctx|reduce the length|range of input length|input token (?:count|length)|tokens?\b[^.]{0,20}exceed the limit",
    r"inputs\W{1,2}(?:tokens \+|must have less than)",
    "上下文|超(?:出|过)[^。]{0,20}长度|(?:长度|字数|tokens? ?数?)[^。]{0,16}(?:超(?:过|出|限)|过长)|(?:过|超|太)长",
)
SYSTEM = _any(
    r"(?:system|developer)[ _](?:role|message|prompt|instruction)s?\b[^.]{0,40}\bnot\b",
    r"(?:not|n't) support[^.]{0,20}\b(?:system|developer)\b|only user (?:and|or) assistant roles",
    r"roles? must alternate user",
)
JSON = _any(r"json_validate_failed|failed to (?:generate|validate|parse)[^.]{0,20}json|json[_ ]schema")
BUSY = _any(
    r"rate[- _]?limit|too[_ ]many[_ ]requests|overloaded|throttl|(?:server|system) (?:is )?(?:too )?busy",
    r"(?:tokens|requests) per minute|\b[rt]pm\b",
    "过于频繁|频率|并发|限流|限速|繁忙|请求过多|访问量过大|过载",
)
# What a server has no room for is a second call, of those that are made at one time.
ONE_AT_A_TIME = _any(
    r"concurren|simultaneous|in parallel|parallel requests|at the same time|one request at a time", "并发"
)
# When to ask again, such as `6m0s` and `20 seconds`: all of it, and each part.
_PART = r"(\d+(?:\.\d+)?) ?(ms|h(?:ours?)?|m(?:in(?:ute)?s?)?|s(?:ec(?:ond)?s?)?)(?![a-z])"
AGAIN_IN = re.compile(rf"(?:again|retry|resets?|wait)(?: in| after| for)? ((?:{_PART} ?)+)", re.IGNORECASE)
PART = re.compile(_PART, re.IGNORECASE)
SECONDS = {"ms": 0.001, "h": 3600.0, "m": 60.0, "s": 1.0}
PER_DAY = _any(r"per[-_ ]?day|daily (?:\w+ )?(?:limit|quota|request)|\b[rt]pd\b|[每当][天日]|今日|使用上限")
TOO_LARGE = _any(r"request (?:is )?too large|requested (?:tokens )?exceeds? (?:your|the) rate limit")
NO_API = _any(r"(?:unexpected|unknown|invalid|no such) (?:endpoint|route|path|url)|endpoint or method")
GUARD = _any(r"just a moment|cloudflare|attention required|captcha|verify (?:that )?you are human|security check")
CAPS_SAID = _any(r"max(?:imum)?_?(?:completion_|output_|new_)?_?tokens", r"(?:completion|output|generated) tokens")
NUMBER = r"[`'\"]?(\d[\d,]*)"
MOST_SAID = _any(
    rf"(?:at most|no more than|up to|not exceed|cannot exceed|less than or equal to|<=|≤|smaller than) *{NUMBER}",
    rf"(?:maximum|max|limit)(?: value| allowed| limit)*(?: is| of|:|=)? *{NUMBER}",
    rf"(?:between|\[|from) *[01] *(?:,|，|and|to|-|~) *{NUMBER}",
    rf"{NUMBER} *(?:is the maximum|\(max)|> *{NUMBER}|maximum (?:output|completion) tokens\D{{0,6}}{NUMBER}",
    rf"范围\D{{0,6}}[01] *(?:到|至) *{NUMBER}",
    rf"(?:不(?:能|得|可)?(?:超过|大于)|小于等于|最大(?:值)?(?:为|是)?|上限(?:为|是)?|最多)[:： ]*{NUMBER}",
)
AFFORDED = _any(rf"can only afford *{NUMBER}")
# A context, whatever of an answer is told beside it.
CONTEXT_SAID = _any(
    rf"(?:context[_ ](?:length|size|window|limit)|max[_ ]model[_ ]len|maximum model length|n_ctx|maximum context)"
    rf"(?:\D{{0,20}}\d+ \+ \d+ > {NUMBER}|\D{{0,40}}(?<!exceeds limit \(){NUMBER})",  # MiniMax's `(2013)` is a code
    rf"{NUMBER} (?:tokens? )?max(?:imum)? context|inputs\W* tokens \+ \W*max_new_tokens\W* must be <= *{NUMBER}",
    rf"上下文[^\d。]{{0,20}}{NUMBER}",
)
# What limits a prompt, where nothing is told of an answer.
INPUT_SAID = _any(
    rf"tokens > {NUMBER}|maximum number of tokens allowed\D{{0,5}}{NUMBER}",
    rf"maximum prompt length\D{{0,5}}{NUMBER}",
    rf"input length should be \[\d+, *{NUMBER}|must have less than {NUMBER}",
    rf"tokens in the prompt cannot exceed {NUMBER}",
    rf"max limit of {NUMBER}|max length of[^.\d]{{0,30}} is {NUMBER}",
    rf"(?:max_seq_len|token limit|max(?:imum)? length|max input \w+)\D{{0,6}}{NUMBER}",
    rf"(?:限制|上限|最大值|最大(?:输入)?长度|最[大多]支持)[^\d。]{{0,6}}{NUMBER}",
)
PROMPT_SAID = _any(
    rf"{NUMBER} (?:tokens )?(?:in|of|from) (?:the |your )?(?:text |input )?(?:messages?|prompt|input)",
    rf"{NUMBER} (?:\W?inputs?\W?|prompt) tokens|{NUMBER} tokens >|{NUMBER} \+ \d+ >",
    rf"(?:prompt|input|request(?:ed tokens)?|messages?) ?(?:\(|has |contains |resulted in |is too long: ){NUMBER}",
    rf"(?:prompt_tokens|token count|n_prompt_tokens|prompt \(length|received|given:?|the first)\W{{0,3}}{NUMBER}",
    rf"(?:输入|提示词?)[^\d。超最]{{0,12}}{NUMBER}",
)
