from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from novelist.prose.chatter import closes, refuses, without_opening
from novelist.prose.cleaning import clean

STORY = "Mara waits.\n\nIt rains."

OPENINGS = [
    "Sure!",
    "Certainly!",
    "Sure! Here is chapter 7:",
    "Sure, here's the next chapter.",
    "Certainly! Here is the scene you asked for:",
    "Of course. Here is the rest of the chapter:",
    "Absolutely! Below is the full text of Chapter 7, “The Bottle”:",
    "Okay, here is the revised chapter:",
    "Understood. Here is Chapter Seven.",
    "**Here is the chapter:**",
    "Here's the continuation of the scene:",
    "Here is a draft of the chapter, in about 2,000 words:",
    "Below is the continuation:",
    "Continuing the story:",
    "(continued)",
    "Continued:",
    "Continuation:",
    "Fortsetzung:",
    "(Suite)",
    "Continuación:",
    "Gerne! Hier ist das Kapitel:",
    "Hier ist die Fortsetzung der Szene:",
    "Natürlich, hier ist Kapitel 7:",
    "Voici le chapitre 7 :",
    "Bien sûr ! Voici la suite de la scène :",
    "Aquí está el capítulo:",
    "¡Claro! Aquí tienes la continuación de la escena:",
    "Вот глава 7:",
    "Конечно! Вот продолжение главы:",
    "以下是第七章的正文：",
    "好的，以下是第七章：",
    "好的，这是续写的内容：",
    "Chapter 7",
    "Chapter Seven",
    "CHAPTER SEVEN",
    "## Chapter 7: The Storm",
    "**Chapter Twenty-One — The Storm**",
    "*Chapter 7*",
    "Chapter VII. The Storm",
    "Chapter 7 (continued)",
    "Kapitel 7",
    "Kapitel sieben: Der Sturm",
    "Chapitre VII",
    "Chapitre sept — La tempête",
    "Capítulo 7: La tormenta",
    "Capitolo sette",
    "Глава 7",
    "Глава седьмая. Буря",
    "第七章",
    "第七章 风暴",
    "第十二回 风雪山神庙",
]


@pytest.mark.parametrize("remark", OPENINGS)
def test_what_a_model_says_before_a_chapter_is_no_part_of_it(remark: str) -> None:
    assert clean(f"{remark}\n\n{STORY}", "The Bottle") == STORY
    assert without_opening(f"\n{remark}\n{STORY}") == STORY


@pytest.mark.parametrize(
    "opening",
    [
        # Sense and Sensibility … Ulysses: first lines of books everybody knows.
        "Call me Ishmael. Some years ago—never mind how long precisely—having little or no money in my purse.",
        "It was the best of times, it was the worst of times, it was the age of wisdom.",
        "It is a truth universally acknowledged, that a single man in possession of a good fortune must want a wife.",
        "TRUE!—nervous—very, very dreadfully nervous I had been and am; but why will you say that I am mad?",
        "You don't know about me without you have read a book by the name of “The Adventures of Tom Sawyer”.",
        "Whether I shall turn out to be the hero of my own life, these pages must show.",
        "This is the saddest story I have ever heard.",
        "There was no possibility of taking a walk that day.",
        "Stately, plump Buck Mulligan came from the stairhead, bearing a bowl of lather.",
        "3 May. Bistritz.—Left Munich at 8:35 P. M., on 1st May, arriving at Vienna early next morning.",
        "Als Gregor Samsa eines Morgens aus unruhigen Träumen erwachte, fand er sich verwandelt.",
        "Hier ist die Geschichte, die man mir erzählte:",
        "Longtemps, je me suis couché de bonne heure.",
        "En un lugar de la Mancha, de cuyo nombre no quiero acordarme.",
        "Aquí está la carta que encontré en la botella:",
        "Voici ce qui arriva :",
        "Voici l'histoire de ma mère :",
        "Все счастливые семьи похожи друг на друга.",
        "— Eh bien, mon prince.",
        "Вот что было дальше:",
        "Вот письмо, которое я нашёл:",
        "话说天下大势，分久必合，合久必分。",
        "这是一个古老的故事：",
        "这是他留下的最后一句话：",
        "好的故事都这样开头：",
        "第一回他来的时候，天正下着雨。",
        "第二章他读了三遍。",
        # What only looks like a remark.
        "Certainly she had known it before the bell rang.",
        "Certainly, this is the tale of a bottle.",
        "Sure, he said:",
        "Sure of the tide, she waits.",
        "Okay.",
        "Okay, here's the thing about my mother.",
        "Okay. This is where it ends.",
        "Of course.",
        "Of course the story in the papers was different:",
        "Great.",
        "Great, this is what we get.",
        "Understood.",
        "Absolutely nobody saw the boat.",
        "This is the story of a bottle.",
        "This is the story of how I died:",
        "Here is the story as my grandmother told it:",
        "Here is the text of the letter he left:",
        "Here is a list of what was in the boat:",
        "Here are the tides of that week:",
        "Here is where the scene of the crime was.",
        "This is the last chapter of my life.",
        "Below is the sea.",
        "Continued rain.",
        "The rest of it she told nobody:",
        "Chapter and verse, she knew it all.",
        "Chapter 7 was the last he read.",
        "Chapter seven of the handbook says nothing of storms.",
        "Chapter closed.",
        "Kapitel geschlossen.",
        "Глава закрыта.",
        "“Chapter Seven,” he read.",
        "“Sure! Here is chapter 7:”",
        "“Continued:” it said at the foot of the page.",
        "Dear Mara,",
        "Sorry.",
    ],
)
def test_what_a_story_begins_with_stays(opening: str) -> None:
    assert clean(f"{opening}\n\n{STORY}", "The Bottle") == f"{opening}\n\n{STORY}"


CLOSINGS = [
    "Would you like me to continue?",
    "Would you like me to continue with the next chapter?",
    "Do you want me to continue?",
    "Do you want me to revise this scene?",
    "Shall I continue?",
    "Shall I go on with Chapter 8?",
    "Should I continue with the next scene?",
    "Want me to continue?",
    "Let me know if you'd like any changes!",
    "Let me know if you would like me to adjust the tone.",
    "Please let me know if you want the next chapter.",
    "If you'd like, I can continue with the next chapter.",
    "If you would like me to expand this scene, just say so.",
    "I hope you enjoy this chapter!",
    "I hope this chapter meets your expectations.",
    "Feel free to ask for changes.",
    "*(Word count: 1,812)*",
    "**Word count:** 1812",
    "[Words: 1,812]",
    "Approximately 1,800 words.",
    "[End of Chapter 7]",
    "*End of Chapter Seven*",
    "(End of scene)",
    "To be continued…",
    "*To be continued in Chapter 8.*",
    "THE END",
    "*Fin.*",
    "Ende",
    "Möchten Sie, dass ich das nächste Kapitel schreibe?",
    "Möchtest du, dass ich weiterschreibe?",
    "Soll ich mit dem nächsten Kapitel weitermachen?",
    "Soll ich weiterschreiben?",
    "Ende des Kapitels",
    "Souhaitez-vous que je continue ?",
    "Voulez-vous que j'écrive le chapitre suivant ?",
    "Fin du chapitre 7",
    "¿Quieres que continúe con el siguiente capítulo?",
    "¿Te gustaría que siguiera con el próximo capítulo?",
    "Fin del capítulo",
    "Хотите, чтобы я продолжил?",
    "Если хотите, я напишу следующую главу.",
    "Конец главы 7",
    "您想让我继续写下一章吗？",
    "你希望我继续吗？",
    "需要我继续写下一章吗？",
    "（未完待续）",
    "（本章完）",
    "（第七章完）",
    "(全文完)",
]


@pytest.mark.parametrize("remark", CLOSINGS)
def test_what_a_model_says_behind_a_chapter_is_no_part_of_it(remark: str) -> None:
    assert clean(f"{STORY}\n\n{remark}", "The Bottle") == STORY
    assert clean(f"{STORY}\n\n---\n\n{remark}\n\n***\n", "The Bottle") == STORY


@pytest.mark.parametrize(
    "ending",
    [
        "It is a far, far better thing that I do, than I have ever done.",
        "So we beat on, boats against the current, borne back ceaselessly into the past.",
        "yes I said yes I will Yes.",
        "After all, tomorrow is another day.",
        "I been there before.",
        "The end of the world.",
        "The end of the rope was wet.",
        "It was the end.",
        "This was the end of the chapter, and of her.",
        "End of the road.",
        "Fin de siècle, he called it.",
        "Ende gut, alles gut.",
        "Should I tell her?",
        "Should I have said a word?",
        "Should I change my name?",
        "Should I help him up?",
        "Shall I help him?",
        "Shall I go on living as before, without a word?",
        "Do you want to know what happened next?",
        "Do you want to change the world?",
        "Would you like to hear the end of it, in another 20 years?",
        "Want me to help?",
        "Let me know by the 24th.",
        "Let me know when the next boat comes.",
        "Please let me help.",
        "If you'd like to help, come.",
        "I hope you will come home in 1944.",
        "I hope this letter finds you well, and changes nothing.",
        "I hope you enjoy your life.",
        "I hope this is the last chapter of our war.",
        "Feel free to come next week, she wrote.",
        "Word count was all he cared for, 500 a day.",
        "Words: he had 12 of them left.",
        "To be continued, he thought, was the cruelest phrase in the language.",
        "End of part one of my life, I thought.",
        "“Would you like me to continue?” he asked.",
        "“Shall I go on with the next chapter?”",
        "— Хотите, я продолжу?",
        "- Хотите, я продолжу?",
        "- Voulez-vous continuer ?",
        "—¿Quieres que continúe?",
        "Soll ich weiter auf ihn warten?",
        "Soll ich weiterleben?",
        "Möchtest du weiter mit mir gehen?",
        "¿Quieres que la vida continúe así?",
        "Voulez-vous savoir la suite de sa vie ?",
        "Хотите верьте, хотите нет.",
        "你想过怎样过完这一生吗？",
        "你想继续活下去吗？",
        "需要我的人，都走完了。",
        "完了，她想。",
        "No word further, no word more.",
        "He had 7 words left.",
        "And they lived happily ever after.",
    ],
)
def test_what_a_story_ends_with_stays(ending: str) -> None:
    assert not closes(ending)
    assert clean(f"{STORY}\n\n{ending}", "The Bottle") == f"{STORY}\n\n{ending}"


def test_a_text_that_is_nothing_but_a_closing_line_stays() -> None:
    assert clean("Would you like me to continue?", "The Bottle") == "Would you like me to continue?"


REFUSALS = [
    "I'm sorry, but I can't write this chapter.",
    "I’m sorry, but I can’t help with that.",
    "I am sorry, but I cannot continue this story.",
    "I'm really sorry, but I can't create that content.",
    "Sorry, I can't assist with that request.",
    "I apologize, but I cannot fulfill this request.",
    "My apologies, but I can't generate this content.",
    "I can't help with that.",
    "I cannot write this scene.",
    "I can’t continue with this story as written, because it depicts harm to a minor.",
    "I’m unable to continue this story.",
    "I'm not able to help with that request.",
    "I’m not comfortable writing this scene.",
    "I won't write this.",
    "I must respectfully decline to write this scene.",
    "Unfortunately, I can't provide a chapter on this topic.",
    "As an AI language model, I cannot write violent content.",
    "As an AI, I don't write such content.",
    "This content violates our usage policies.",
    "**I'm sorry, but I can't help with that.**",
    "抱歉，我无法继续写这个故事。",
    "很抱歉，我不能写这一章。",
    "非常抱歉，我无法生成这些内容。",
    "对不起，我不能提供这类内容。",
    "我无法提供相关内容。",
    "作为一个人工智能，我不能创作这样的内容。",
    # Kimi's own two.
    "你好，我无法给到相关内容。",
    "尊敬的用户您好，让我们换个话题再聊聊吧。",
    "申し訳ありませんが、そのリクエストにはお応えできません。",
    "죄송합니다. 그 내용은 작성할 수 없습니다.",
    "Es tut mir leid, aber ich kann diese Szene nicht schreiben.",
    "Tut mir leid, diese Anfrage kann ich nicht erfüllen. Ich kann keine solchen Inhalte schreiben.",
    "Leider kann ich diese Anfrage nicht erfüllen.",
    "Je suis désolé, mais je ne peux pas écrire cette scène.",
    "Désolé, je ne peux pas répondre à cette demande.",
    "Lo siento, pero no puedo escribir esa escena.",
    "Desculpe, mas não posso criar esse conteúdo.",
    "Mi dispiace, ma non posso scrivere questa scena.",
    "Извините, но я не могу написать эту главу.",
    "К сожалению, я не могу выполнить этот запрос.",
    "Я не могу написать эту сцену.",
]


@pytest.mark.parametrize("refusal", REFUSALS)
def test_a_model_that_declines_is_found_out(refusal: str) -> None:
    assert refuses(refusal)
    assert refuses(f"{refusal}\n\nI would be glad to write another scene with you instead.")


def test_a_refusal_may_offer_much_instead() -> None:
    offer = "I could write how Mara finds the boat instead, or what Eskil says to her about it in the morning."
    assert refuses("I'm sorry, but I can't write this scene as described.\n\n" + "\n".join([f"- {offer}"] * 9))


@pytest.mark.parametrize(
    "chapter",
    [
        "I am sorry to tell you that your brother is dead. He was writing to you when it came.",
        "I’m sorry to tell you that your brother is dead. He was writing to you when it came.",
        "I’m sorry, Mother. I have written every day, and nothing came.",
        "I apologize for the length of this letter; I wrote it in the dark.",
        "Sorry was not a word my father had created a use for.",
        "Unfortunately, the letter was written in Dutch.",
        "Unfortunately the policeman saw us.",
        "Unfortunately I could not continue on foot.",
        "I cannot write of that night without trembling.",
        "I can't say it was a good chapter of my life.",
        "I cannot help it: I loved her.",
        "I won't pretend I was content.",
        "I am unable to sleep. The writing on the wall is in my hand.",
        "“I’m sorry, I can’t write this chapter,” said the novelist.",
        "'I'm sorry, but I can't continue,' he said, and sat down.",
        "Désolé, écrivit-il, je suis parti.",
        "Je ne peux pas t'écrire plus longtemps : la lampe s'éteint.",
        "Es tut mir leid, dass ich dir erst jetzt schreibe.",
        "Lo siento, mamá, te escribo tarde.",
        "No puedo dormir. Escribo.",
        "Прости, что я не написала тебе раньше.",
        "К сожалению, письмо было написано по-французски.",
        "对不起，我写这封信的时候，你已经走了。",
        "抱歉两个字，他写了一夜。",
        "As an assistant to the keeper she wrote the log.",
        "Our content was the sea; our policy, silence.",
    ],
)
def test_a_chapter_that_is_sorry_is_no_refusal(chapter: str) -> None:
    assert not refuses(chapter)
    assert not refuses(f"{chapter}\n\nMara folds the letter. It rains.")


def test_a_long_chapter_is_no_refusal_however_it_begins() -> None:
    assert not refuses("I’m sorry, but I can’t write this chapter. " + "Mara waits for the tide. " * 100)


@pytest.mark.parametrize(
    "line",
    [
        "*Chapter Six: Research or Alibi*",
        "> Chapter Six",
        "“Chapter Six”",
        "Chapter closed.",
        "Chapter over, book over.",
        "Kapitel geschlossen.",
        "Chapitre clos.",
        "Глава закрыта.",
        "第二回她没有哭。",
        "第一章他读了三遍，还是不懂。",
    ],
)
def test_a_line_in_a_chapter_that_is_no_heading_of_the_next_one_ends_nothing(line: str) -> None:
    text = f"Mara waits.\n\n{line}\n\nIt rains."
    assert clean(text, "The Bottle") == text


@pytest.mark.parametrize(
    "heading",
    [
        "Chapter 8",
        "Chapter Eight: The Storm",
        "## Chapter 8",
        "**Chapter Eight**",
        "Kapitel 8",
        "Chapitre huit : La tempête",
        "Capítulo 8",
        "Глава восьмая",
        "第八章 风暴",
    ],
)
def test_a_chapter_ends_where_the_model_begins_the_next_one(heading: str) -> None:
    assert clean(f"Mara waits.\n\n{heading}\n\nIt rains.", "The Bottle") == "Mara waits."
    assert clean(f"Mara waits.\n\n---\n\n{heading}\n\nIt rains.", "The Bottle") == "Mara waits."


@pytest.mark.parametrize(
    "text",
    [
        "Sure! Here is the chapter:\n\n```markdown\nMara waits.\n\nIt rains.\n```\n\nLet me know if you want changes!",
        "Here is the chapter:\n\n```\nMara waits.\n\nIt rains.\n```",
        "```markdown\nMara waits.\n\nIt rains.\n```\n\nWould you like me to continue?",
        "```text\n# Chapter 7\n\nMara waits.\n\nIt rains.\n\n*(Word count: 4)*\n```",
        "````markdown\nMara waits.\n\nIt rains.\n````",
        "Mara waits.\n\nIt rains.\n```",
    ],
)
def test_a_fence_around_a_chapter_is_no_part_of_it(text: str) -> None:
    assert clean(text, "The Bottle") == STORY


@settings(max_examples=200, deadline=None)
@example(["Chapter 7", "Chapter 8"])
@given(st.lists(st.sampled_from([*OPENINGS, *CLOSINGS, *REFUSALS, "Mara waits.", "---", "```", "", " "]), max_size=6))
def test_nothing_is_too_strange_to_be_cleaned_twice(lines: list[str]) -> None:
    once = clean("\n\n".join(lines), "The Bottle")
    assert clean(once, "The Bottle") == once
