"""Spelled: how well-known words are written that have capitals of their own, by small letters."""

from __future__ import annotations

SPELLED = {
    word.lower(): word
    for word in (
        *("AI", "API", "AWS", "CLI", "CPU", "CSS", "FAQ", "GPU", "HTML", "HTTP", "IDE", "JSON"),
        *("LLM", "ML", "NLP", "SDK", "SQL", "TPU", "UI", "URL"),
        *("GitHub", "JavaScript", "NumPy", "OpenAI", "PyTorch", "SageMaker", "TensorFlow"),
    )
}
