"""Chinese and English.

Chinese is the language of the source: a text is written once, in Chinese, where it is used. The English comes from the gettext
catalog `en.po` beside this file. `Message` is a text that waits for its reader's language; core hands these out, pages translate.
"""

from core.i18n.catalog import LANGUAGES, Language, negotiate, translate
from core.i18n.message import Figure, Message

__all__ = ["LANGUAGES", "Figure", "Language", "Message", "negotiate", "translate"]
