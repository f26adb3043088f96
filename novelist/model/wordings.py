"""What servers say of an error where its status and type tell nothing, or something else.

Pure. From issues of servers, routers and SDKs. Knows no form that an error comes in.
"""

from __future__ import annotations

import re


def _any(*phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(phrases), re.IGNORECASE)


# What is said where status and type tell nothing, or something else: by issues of servers, routers and SDKs.
NO_QUOTA = _any(
    r"insufficient[_ ](?:balance|funds|credit|quota)",
    r"credit balance is too low|out of credits?|no (?:balance|credits?) (?:left|remaining)|never purchased credits",
    r"payment required|billing (?:hard )?limit|requires? (?:more|at least)[^.]{0,40}credits?",
    "余额不足|余额不够|欠费|无可用资源包",
)
KEY = _any(
    r"api[ _-]?key[^.]{0,30}(?:not valid|invalid|incorrect|expired|revoked|missing|not found)",
    r"(?:invalid|incorrect|missing|no|expired)[^.]{0,12}(?:api[ _-]?key|auth\w*|token provided|bearer)",
    r"unauthori[sz]ed|authentication (?:failed|error)|身份验证|令牌",
)
MODEL = _any(
    r"model\b[^.]{0,80}(?:not (?:found|exist|supported|available|allowed|a valid)|does(?:n't| not) exist|n['o]t exist)",
    r"model\b[^.]{0,80}(?:unknown|decommissioned|deprecated|no longer|not have access|no access)",
    r"(?:invalid|unknown|unsupported|no such|incorrect|not a valid) model\b",
    r"access to (?:the |this )?model|allowed to (?:access|use)[^.]{0,20}model|模型(?:不存在|未找到)",
)
POLICY = _any(r"data policy|privacy settings|guardrail restrictions")
REGION = _any(
    r"unsupported_country|(?:country|region|territory|location)\b[^.]{0,60}(?:not|n't) (?:supported|available|allowed)",
    r"not (?:supported|available|allowed) in your (?:country|region|location)|unsupported (?:country|region)",
)
FILTERED = _any(
    r"content exists risk|data_?inspection|inappropriate content|invalid_prompt|flagged (?:as|by|for)",
    r"(?:usage|content|acceptable[- ]use|safety)[ _](?:management )?(?:guideline|polic|filter)|moderation|risk control",
    "敏感|违规|不当内容|不安全",
)
TOO_LONG = _any(
    r"context[_ ](?:length|size|window)|maximum context|max(?:imum)?[_ ](?:model|seq\w*|input)[_ ]?len",
    r"(?:prompt|input|request|message)s?\b[^.]{0,30}\btoo (?:long|many tokens)|too many (?:input |prompt )?tokens",
    r"exceed\w*[^.]{0,40}(?:context|token limit|maximum (?:allowed )?(?:input|number of tokens|length|tokens))|n_ctx",
    r"reduce the length|range of input length|input token (?:count|length)|上下文|超(?:出|过)[^。]{0,10}长度",
)
SYSTEM = _any(
    r"(?:system|developer)[ _](?:role|message|prompt|instruction)s?\b[^.]{0,40}\bnot\b",
    r"(?:not|n't) support[^.]{0,20}\b(?:system|developer)\b|only user (?:and|or) assistant roles",
    r"roles? must alternate user",
)
JSON = _any(r"json_validate_failed|failed to (?:generate|validate|parse)[^.]{0,20}json|json[_ ]schema")
BUSY = _any(
    r"rate[- _]?limit|too[_ ]many[_ ]requests|overloaded|throttl|server (?:is )?busy",
    r"(?:tokens|requests) per minute|\b[rt]pm\b",
    "过于频繁|频率|并发|限流|限速|繁忙|请求过多|访问量过大|过载",
)
PER_DAY = _any(r"per[-_ ]?day|daily (?:limit|quota|request)|\b[rt]pd\b|每[天日]|今日")
TOO_LARGE = _any(r"request (?:is )?too large|requested (?:tokens )?exceeds? (?:your|the) rate limit")
NO_API = _any(r"(?:unexpected|unknown|invalid|no such) (?:endpoint|route|path|url)|endpoint or method")
GUARD = _any(r"just a moment|cloudflare|attention required|captcha|verify (?:that )?you are human|security check")
CAPS_SAID = _any(r"max(?:imum)?_?(?:completion_|output_|new_)?_?tokens", r"(?:completion|output|generated) tokens")
NUMBER = r"[`'\"]?(\d[\d,]*)"
MOST_SAID = _any(
    rf"(?:at most|no more than|up to|not exceed|cannot exceed|less than or equal to|<=|≤|smaller than) *{NUMBER}",
    rf"(?:maximum|max|limit)(?: value| allowed| limit)*(?: is| of|:|=)? *{NUMBER}",
    rf"(?:between|\[) *1(?:,| and) *{NUMBER}",
    rf"{NUMBER} *(?:is the maximum|\(max)|> *{NUMBER}",
)
AFFORDED = _any(rf"can only afford *{NUMBER}")
CONTEXT_SAID = _any(
    rf"(?:context[_ ](?:length|size|window)|max[_ ]model[_ ]len|n_ctx|maximum context)\D{{0,40}}{NUMBER}"
)
PROMPT_SAID = _any(rf"{NUMBER} (?:tokens )?(?:in|of|from) (?:the )?(?:messages?|prompt|input)|prompt\D{{0,20}}{NUMBER}")
