"""Queries and the sections that answer them, all written before search was tuned to them.

The words that a site's own text holds are taken from it by a rule, so that nobody chose them.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable

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

# What readers paste and ask: errors with numbers and names of their own, questions, sentences.
PASTED: dict[str, tuple[str, ...]] = {
    "RuntimeError: CUDA out of memory. Tried to allocate 2.00 GiB (GPU 0; 23.65 GiB total "
    "capacity; 21.10 GiB already allocated; 512.00 MiB free)": (
        "troubleshooting#cuda-out-of-memory",
        "main_classes/pipelines#pipeline-batching",
    ),
    "ImportError: cannot import name 'Qwen2VLProcessor' from 'transformers' (unknown location)": (
        "troubleshooting#importerror",
    ),
    "RuntimeError: CUDA error: device-side assert triggered CUDA kernel errors might be "
    "asynchronously reported at some other API call": (
        "troubleshooting#cuda-error-device-side-assert-triggered",
    ),
    "ValueError: Connection error, and we cannot find the requested files in the cached path. "
    "Please try again or make sure your Internet connection is on.": (
        "troubleshooting#firewalled-environments",
    ),
    "RuntimeError: No available kernel. Aborting execution.": (
        "perf_infer_gpu_one#pytorch-scaled-dot-product-attention",
    ),
    "ValueError: Unrecognized configuration class <class 'transformers.models.clip.CLIPConfig'> "
    "for this kind of AutoModel: AutoModelForCausalLM": (
        "troubleshooting#valueerror-unrecognized-configuration-class-xyz-for-this-kind-of-automodel",
    ),
    "[deepspeed] OVERFLOW! Rank 0 Skipping step. Attempted loss scale: 65536, reducing to 32768": (
        "deepspeed#nan-loss",
    ),
    "How do I use a model without an internet connection?": (
        "installation#offline-mode",
        "installation#fetch-models-and-tokenizers-to-use-offline",
    ),
    "why is the output wrong when padding tokens are not masked": (
        "troubleshooting#incorrect-output-when-padding-tokens-arent-masked",
    ),
    "how do I create my own chat template": ("chat_templating#how-do-i-create-a-chat-template",),
    "which zero stage should I use": ("deepspeed#select-a-zero-stage",),
    "how can I run a pipeline on a web server": ("pipeline_webserver#",),
    "Cache offloading requires a CUDA GPU and can be slower than dynamic KV cache": (
        "kv_cache#offloaded-cache",
    ),
    "Training large models with millions of parameters can be challenging": (
        "troubleshooting#cuda-out-of-memory",
    ),
}

# A site in four scripts, where each thing stands on one page and its characters on others too.
SCRIPTS: dict[str, str] = {
    "ja/weights.md": "# 重み\n\n## 保存\n\n学習した重みを保存します。\n\n"
    "## 軽くする\n\nモデルの重みは量子化できます。精度を確かめてください。\n",
    "ja/memory.md": "# メモリ\n\n量が多いと遅くなります。少量なら速く、電子の数え方で子を分けます。"
    "量の変化を見ます。\n\n## 学習の速さ\n\n率を決めて学びます。\n",
    "ja/train.md": "# 訓練\n\n## 設定\n\n学習率を小さくすると安定します。\n",
    "zh/attention.md": "# 模型结构\n\n## 计算\n\n每一层都使用注意力机制来计算权重。\n",
    "zh/notes.md": "# 注意事项\n\n请注意力量的大小。机器的制造受到意外影响。\n\n"
    "## 机制\n\n说明。\n",
    "ko/load.md": "# 모델\n\n## 가져오기\n\n사전훈련된 모델을 불러옵니다.\n",
    "ko/other.md": "# 훈련\n\n사전에 훈련을 준비합니다.\n",
    "ar/boil.md": "# الغلاية\n\n## التشغيل\n\nضع الماء في الغلاية ثم شغلها.\n",
    "ar/care.md": "# العناية\n\nنظف الجهاز بعد كل استعمال. لا تضع الغلاية في الماء.\n",
    "index.md": "# Kettle\n\nPages in four scripts.\n",
}
IN_SCRIPTS: dict[str, tuple[str, ...]] = {
    "量子化": ("ja/weights#軽くする",),
    "学習率": ("ja/train#設定",),
    "注意力机制": ("zh/attention#计算",),
    "사전훈련된": ("ko/load#가져오기",),
    "شغلها": ("ar/boil#التشغيل",),
    "بعد كل استعمال": ("ar/care#",),
}

# Twenty more, written when search had been tuned to all of the above.
AGAIN: dict[str, tuple[str, ...]] = {
    "RuntimeError: Address already in use": ("deepspeed#notebook",),
    "Some weights of VideoMAEForVideoClassification were not initialized from the model "
    "checkpoint at MCG-NJU/videomae-base and are newly initialized: ['classifier.weight']": (
        "tasks/video_classification#load-a-model-to-fine-tune",
    ),
    "torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 376.00 MiB": (
        "troubleshooting#cuda-out-of-memory",
        "main_classes/pipelines#pipeline-batching",
    ),
    "UserWarning: The operator 'aten::' is not currently supported on the MPS backend and will "
    "fall back to run on the CPU": ("perf_train_special#pytorch-training-on-apple-silicon",),
    "ValueError: Unable to load saved model in SavedModel format, TensorFlow keras HDF5": (
        "troubleshooting#unable-to-load-a-saved-tensorflow-model",
    ),
    "how do I stop training early": (
        "main_classes/callback#available-callbacks",
        "trainer#callbacks",
    ),
    "how to resume training from a checkpoint": (
        "run_scripts#resume-training-from-checkpoint",
        "trainer#checkpoints",
    ),
    "can I load a gguf file": ("gguf#",),
    "what is the difference between padding and truncation": ("pad_truncation#",),
    "which quantization method should I choose": ("quantization/overview#",),
    "where are downloaded models stored on disk": ("installation#cache-setup",),
    "fine tune with lora adapters": (
        "peft#",
        "perf_train_gpu_one#using--peft",
    ),
    "share my own pipeline with others": ("add_new_pipeline#share-your-pipeline-on-the-hub",),
    "multi query attention": (
        "llm_tutorial_optimization#322-multi-query-attention-mqa",
        "model_doc/gpt_bigcode#",
        "model_doc/falcon#",
    ),
}

SCRIPTS_AGAIN: dict[str, str] = {
    "ja/install.md": "# インストール\n\n## 必要なもの\n\n仮想環境を作成してください。\n\n"
    "## ソースから\n\nリポジトリを複製してから構築します。\n",
    "ja/errors.md": "# エラー\n\n## メモリ不足\n\n"
    "バッチサイズを減らすとメモリ不足を避けられます。\n",
    "zh/train.md": "# 训练\n\n## 混合精度\n\n使用混合精度训练可以节省显存。\n\n"
    "## 梯度累积\n\n小批量多次累积梯度。\n",
    "zh/other.md": "# 精度\n\n混合不同的数据。训练之前检查精度。\n",
    "ko/cache.md": "# 캐시\n\n## 캐시 비우기\n\n디스크 공간이 부족하면 캐시를 삭제하세요.\n",
    "ko/disk.md": "# 디스크\n\n공간을 나눕니다. 파일을 삭제할 수 있습니다.\n",
    "ar/fail.md": "# الأعطال\n\n## لا تعمل\n\nإذا لم تعمل الغلاية فافحص القابس أولا.\n",
    "ar/clean.md": "# التنظيف\n\n## إزالة الكلس\n\nاستعمل الخل لإزالة الكلس من الغلاية.\n",
    "index.md": "# Kettle\n\nPages in four scripts.\n",
}
IN_SCRIPTS_AGAIN: dict[str, tuple[str, ...]] = {
    "仮想環境を作成": ("ja/install#必要なもの",),
    "メモリ不足を避ける": ("ja/errors#メモリ不足",),
    "混合精度训练": ("zh/train#混合精度",),
    "캐시를 삭제": ("ko/cache#캐시-비우기",),
    "افحص القابس": ("ar/fail#لا-تعمل",),
    "كيف أزيل الكلس من الغلاية": ("ar/clean#إزالة-الكلس",),
}

# Kinds of queries that failed on other sites than those above: docs of Node, npm and Fastify, the
# Debian handbook. A page of each that holds the words elsewhere stands beside the one meant.
KINDS: dict[str, str] = {
    "errors.md": "# Errors\n\n## `ERR_BAD_LID`\n\nSomething is on top.\n\n"
    "## `ERR_NO_WATER`\n\nNothing is inside.\n",
    "types.md": "# Types of errors\n\n## Class: TypeError\n\nA TypeError is an error of an "
    "argument that is of another type: the argument lid must be of type string.\n",
    "scope.md": "# Scope\n\n## Publishing scoped packages\n\nA scoped package is public if "
    "`--access public` is given.\n",
    "install.md": "# Install\n\n## How install works\n\n"
    + "It looks for a package. " * 80
    + "Packages may be scoped. "
    + "It can be that one is there. " * 80
    + "Publish often.\n",
    "skip.md": "# Boiling\n\n## Skip the boil\n\nPass `--cold`.\n\n"
    "## What skipping means\n\nIt means that skipping is done.\n",
    "lever.md": "# Levers\n\n## Writing to a custom lever and what it moves\n\nWrite a lever to "
    "move it.\n\n## Writing a lever\n\nA lever is bent. It is written as it is bent.\n",
    "history.md": "# History\n\n## Kettle 3.0\n\nSteam is tuned in a box.\n\n"
    "## Kettle 2.0\n\nA whistle may be painted.\n\n## Kettle 1.0\n\nIt boils.\n",
    "tune.md": "# Sounds\n\n## Higher\n\nA whistle is tuned by a screw.\n",
    "parts/overview.md": "# Getting started\n\nWhat there is.\n",
    "parts/add.md": "# Add parts\n\nParts are many. An overview helps.\n",
    "care.md": "# Care\n\n## Alarm\n\nIt rings.\n\n### Cleaning\n\nWith a cloth.\n\n"
    "## Filter\n\nIt holds back.\n\n### Cleaning it\n\nWith a brush.\n",
    "open.md": "# Ways to stand\n\n## The closet\n\nIt is kept there.\n\n"
    "## The close\n\nIt stays warm.\n",
    "upgrading/version-16.md": "# Version 16\n\n## Mocking a kettle\n\nMocking a kettle in tests "
    "has other names.\n",
    "testing.md": "# Testing\n\n## Kettles that are mocked\n\nIn tests a kettle is of paper.\n",
    "public.md": "# Public taps\n\n## Public taps of a kettle\n\nA tap that is public.\n",
    "settings.md": "# Settings\n\n## Names\n\nThose with TAP_PUBLIC_ in front are seen by all.\n",
    "zh/time.md": "# 其他设置\n\n## 时区\n\n暂时变更时区，可使用环境变量。\n",
    "zh/disk.md": "# 磁盘\n\n## 分区\n\n怎么选择分区？\n",
    "ja/users.md": "# 利用者\n\n## 既存のアカウントやパスワードの変更\n\n`passwd` を使います。\n",
    "ja/ldap.md": "# LDAP\n\n## PAM の設定\n\n認証の方法です。利用者の種類を変更する"
    "場合にも使います。\n",
    "ar/print.md": "# ضبط الطابعات\n\nالطابعات أدوات للطباعة.\n",
    "ar/share.md": "# المشاركة\n\nكيف تعمل؟ شارك الملفات.\n",
    "index.md": "# Kettle\n\nPages of many kinds.\n",
}
IN_KINDS: dict[str, tuple[str, ...]] = {
    'TypeError [ERR_BAD_LID]: The "lid" argument must be of type string. Received null': (
        "errors#errbadlid",
    ),
    "how do I publish a scoped package so that everyone gets it": (
        "scope#publishing-scoped-packages",
    ),
    "skipping a boil": ("skip#skip-the-boil",),
    "how to write your own lever": ("lever#writing-a-lever",),
    "a whistle tuned by steam": ("tune#higher",),
    "parts overview": ("parts/overview#",),
    "filter cleaning": ("care#cleaning-it",),
    "closes": ("open#the-close",),
    "mock a kettle in tests": ("testing#kettles-that-are-mocked",),
    "mocking a kettle since the upgrade": ("upgrading/version-16#mocking-a-kettle",),
    "TAP_PUBLIC_": ("settings#names",),
    "怎么修改时区": ("zh/time#时区",),
    "パスワードを変更する": ("ja/users#既存のアカウントやパスワードの変更",),
    "ضبط الطابعة": ("ar/print#",),
}

_IDENTIFIER = re.compile(r"(?<![\w./-])[A-Za-z]\w*(?:[_.]\w+|[a-z0-9][A-Z]\w*)+(?![\w/-])")
_WORD = re.compile(r"(?<![\w./<&@#-])[a-z]{4,14}(?![\w./>=;(-])")


def held(texts: Iterable[str], *, number: int = 120) -> tuple[list[str], list[str]]:
    """Take identifiers and common words out of what a site holds, by the digest of each."""
    identifiers: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for text in texts:
        identifiers.update(set(_IDENTIFIER.findall(text)))
        words.update(set(_WORD.findall(text)))
    common = [word for word, count in words.items() if count >= 3]
    return _some(identifiers, number), _some(common, number)


def _some(words: Iterable[str], number: int) -> list[str]:
    return sorted(words, key=lambda word: hashlib.sha256(word.encode()).digest())[:number]
