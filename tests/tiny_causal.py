"""Decoder-only models with a few thousand random weights and a chat template, made in seconds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.tiny_models import WIDTH, save_byte_level_tokenizer, save_random

TURN, END_OF_TURN = "<turn>", "</turn>"
TEMPLATE = (
    "{{ bos_token }}{% for message in messages %}<turn>{{ message.role }}\n{{ message.content | trim }}</turn>\n"
    "{% endfor %}{% if add_generation_prompt %}<turn>assistant\n{% endif %}"
)
PROMPT = "Translate:\n{text}"
WINDOW = 320
_SHAPE: dict[str, Any] = {
    "hidden_size": WIDTH,
    "intermediate_size": 2 * WIDTH,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "num_key_value_heads": 1,
    "max_position_embeddings": WINDOW,
    "initializer_range": 0.5,  # larger than usual, so that the random outputs differ between inputs
    "bos_token_id": 0,
    "pad_token_id": 1,
    "eos_token_id": 2,
}
_FAMILIES: dict[str, tuple[str, str, dict[str, Any]]] = {
    "llama": ("LlamaForCausalLM", "LlamaConfig", {}),
    "mistral": ("MistralForCausalLM", "MistralConfig", {"sliding_window": None}),
    "qwen2": ("Qwen2ForCausalLM", "Qwen2Config", {}),
    "qwen3": ("Qwen3ForCausalLM", "Qwen3Config", {"head_dim": 12}),
    "gemma": ("GemmaForCausalLM", "GemmaConfig", {"head_dim": 12}),
    "gemma3_text": (
        "Gemma3ForCausalLM",
        "Gemma3TextConfig",
        {"head_dim": 8, "query_pre_attn_scalar": 8, "sliding_window": 16},
    ),
}


def build_tiny_causal(directory: Path, family: str = "llama", template: str | None = TEMPLATE) -> Path:
    """A model of ``family`` in ``directory``, which is returned; without ``template`` it only goes on with a text."""
    import transformers as library

    directory.mkdir(parents=True, exist_ok=True)
    options = {} if template is None else {"chat_template": template}
    size = save_byte_level_tokenizer(directory, additional_special_tokens=[TURN, END_OF_TURN], **options)
    model_name, config_name, own = _FAMILIES[family]
    # A base that no converter takes by default, to see that it reads it.
    positions = {} if family.startswith("gemma") else {"rope_parameters": {"rope_type": "default", "rope_theta": 5e4}}
    config = getattr(library, config_name)(vocab_size=size, **_SHAPE, **positions, **own)
    save_random(getattr(library, model_name), config, directory)
    return directory
