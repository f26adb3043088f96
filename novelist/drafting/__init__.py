"""Bible, outline, chapters, summaries and arcs as a model writes them: asked, checked, asked again, landed.

session        where drafts are made: model, prompts, and how a draft lands
plan           what a build would draft, before it does
rates          what a call is likely to take, learnt from the ledger
confirm        the question before finished chapters are replaced
planning       bible and outline: asked for, checked, asked again
chapters       chapters: verdict, history, consent, prompt, answer, file
summaries      summaries and arcs, side by side where none waits for a chapter
prompts        inputs to messages, through the templates in prompts/; prompts/small/ are for a very small model
attempts       a chapter or a summary, tried until it has no flaw
completion     a text, gone on with until it ends
partial        an unfinished draft, on disk as it streams
schemas        answers in JSON: pieces of their schemas, and how they are read
bible_draft    a model's bible: schema, problems, repairs, Markdown
outline_draft  a model's outline: schema, problems, repairs
"""
