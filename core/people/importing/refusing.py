"""What is not taken in whatever a file holds: biometric data and what is read from faces and voices."""

from __future__ import annotations

import re
from collections.abc import Iterable

from core.i18n import Message
from core.sheets.reading import folded

_BIOMETRIC = re.compile(
    "人脸|面部|脸部|面容|刷脸|微表情|表情识别|表情得分|表情分|表情评分|表情数据|声纹|声音特征|语音特征|语音情绪|情绪识别|指纹|掌纹|虹膜|视网膜|眼动|步态|心率|脉搏|皮电|脑电|"
    "生物特征|生物识别|facial|facescore|faceid|faceimage|microexpression|voiceprint|fingerprint|palmprint|iris|retina|gaze|eyetracking|"
    "gait|heartrate|biometric|emotionscore|emotionrecognition"
)
_ALONE = {"表情", "情绪", "声音", "语音", "照片", "头像", "face", "expression", "emotion", "voice", "photo", "portrait"}


def is_biometric(name: str) -> bool:
    """Whether a column or a measure of this name is about somebody's body, face or voice."""
    plain = re.sub(r"[\W_]", "", folded(name))
    return plain in _ALONE or _BIOMETRIC.search(plain) is not None


def refused(header: Iterable[str]) -> list[Message]:
    """What is said of the columns that are not taken in."""
    named = [column for column in header if is_biometric(column)]
    return [Message("“{column}”像是生物特征或由表情、声音推断的数据，按规定不导入、不保存。", column=column) for column in named]
