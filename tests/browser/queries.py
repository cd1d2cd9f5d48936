"""Thirty queries and the sections that answer them, written before search was tuned."""

# Each answer is `page#anchor`; `page#` is any place of that page.
QUERIES: dict[str, tuple[str, ...]] = {
    # Class names
    "BertForSequenceClassification": ("model_doc/bert#bertforsequenceclassification",),
    "TrainingArguments": ("main_classes/trainer#trainingarguments",),
    "AutoModelForCausalLM": ("model_doc/auto#automodelforcausallm",),
    "GenerationConfig": ("main_classes/text_generation#generationconfig",),
    "LlamaTokenizerFast": (
        "model_doc/llama2#llamatokenizerfast",
        "model_doc/llama#llamatokenizerfast",
    ),
    "TrainerCallback": ("main_classes/callback#trainercallback",),
    "Seq2SeqTrainer": ("main_classes/trainer#seq2seqtrainer",),
    # Method, argument and variable names, whole and in part
    "add_generation_prompt": (
        "chat_templating#what-are-generation-prompts",
        "chat_templating#writing-generation-prompts",
    ),
    "apply_chat_template": ("chat_templating#",),
    "from_pretrained": ("model_doc/auto#", "main_classes/model#", "autoclass_tutorial#"),
    "push_to_hub": ("model_sharing#use-the-pushtohub-function", "main_classes/model#"),
    "continue_final_message": ("chat_templating#what-does-continuefinalmessage-do",),
    "generation_prompt": (
        "chat_templating#what-are-generation-prompts",
        "chat_templating#writing-generation-prompts",
    ),
    "HF_HUB_OFFLINE": ("installation#offline-mode",),
    "hyperparameter_search": ("hpo_train#",),
    "torch.compile": (
        "perf_torch_compile#",
        "perf_train_gpu_one#using-torchcompile",
        "llm_optims#",
    ),
    # Concepts
    "generation prompt": (
        "chat_templating#what-are-generation-prompts",
        "chat_templating#writing-generation-prompts",
    ),
    "beam search": (
        "generation_strategies#beam-search-decoding",
        "generation_strategies#beam-search-multinomial-sampling",
        "generation_strategies#diverse-beam-search-decoding",
    ),
    "gradient accumulation": (
        "perf_train_gpu_one#gradient-accumulation",
        "deepspeed#gradient-accumulation",
    ),
    "byte pair encoding": (
        "tokenizer_summary#byte-pair-encoding-bpe",
        "tokenizer_summary#byte-level-bpe",
    ),
    "sliding window cache": ("kv_cache#sliding-window-cache",),
    "tool use function calling": ("chat_templating#advanced-tool-use--function-calling",),
    "install from source": ("installation#install-from-source",),
    "4-bit quantization qlora": ("quantization/bitsandbytes#4-bit-qlora-algorithm",),
    "flash attention": (
        "perf_infer_gpu_one#flashattention-2",
        "perf_train_gpu_one#flash-attention-2",
        "perf_infer_gpu_one#",
    ),
    "attention mask": ("glossary#attention-mask",),
    # Misspellings and beginnings of words
    "gradient acumulation": (
        "perf_train_gpu_one#gradient-accumulation",
        "deepspeed#gradient-accumulation",
    ),
    "tokeniser wordpeice": ("tokenizer_summary#wordpiece", "tokenizer_summary#"),
    "speculative decod": ("generation_strategies#speculative-decoding",),
    "quantizaton overview": ("quantization/overview#",),
}
