"""How a language model works, step by step: the code that the chapters teach."""

from importlib import import_module
from typing import TYPE_CHECKING

from verdict.public_names import PUBLIC as PUBLIC

_MODULE_OF = {name: module for module, names in PUBLIC.items() for name in names}

__all__ = sorted(_MODULE_OF)  # noqa: PLE0605 - the names of the table

if TYPE_CHECKING:
    from verdict.model.attention import attention_weights as attention_weights
    from verdict.model.attention import causal_mask as causal_mask
    from verdict.model.bigram_model import BigramModel as BigramModel
    from verdict.model.block import block as block
    from verdict.model.block import block_shapes as block_shapes
    from verdict.model.feed_forward import feed_forward as feed_forward
    from verdict.model.feed_forward import gelu as gelu
    from verdict.model.generation import draw_token as draw_token
    from verdict.model.generation import generate as generate
    from verdict.model.generation import next_token_shares as next_token_shares
    from verdict.model.gpt import GPT as GPT
    from verdict.model.gpt2_names import write_gpt2 as write_gpt2
    from verdict.model.gpt2_weights import WeightsUnavailableError as WeightsUnavailableError
    from verdict.model.gpt_config import GPTConfig as GPTConfig
    from verdict.model.heads import join_heads as join_heads
    from verdict.model.heads import split_heads as split_heads
    from verdict.model.key_value_cache import Cache as Cache
    from verdict.model.model_size import count_parameters as count_parameters
    from verdict.model.multi_head_attention import MultiHeadAttention as MultiHeadAttention
    from verdict.model.normalization import normalize as normalize
    from verdict.model.operations import dropout as dropout
    from verdict.model.operations import hide as hide
    from verdict.model.operations import softmax as softmax
    from verdict.model.parameters import Parameters as Parameters
    from verdict.model.safetensors_file import read_safetensors as read_safetensors
    from verdict.model.safetensors_file import write_safetensors as write_safetensors
    from verdict.model.safetensors_header import WeightsError as WeightsError
    from verdict.model.self_attention import CausalAttention as CausalAttention
    from verdict.model.self_attention import SelfAttention as SelfAttention
    from verdict.text.animal_tales import animal_tales as animal_tales
    from verdict.text.batches import batches as batches
    from verdict.text.byte_pair_tokenizer import BytePairTokenizer as BytePairTokenizer
    from verdict.text.embeddings import embed_tokens as embed_tokens
    from verdict.text.embeddings import embedding_gradient as embedding_gradient
    from verdict.text.embeddings import embedding_table as embedding_table
    from verdict.text.gpt2_files import GPT2UnavailableError as GPT2UnavailableError
    from verdict.text.gpt2_words import split_gpt2 as split_gpt2
    from verdict.text.pieces import read_pieces as read_pieces
    from verdict.text.positions import input_vectors as input_vectors
    from verdict.text.positions import learned_positions as learned_positions
    from verdict.text.positions import sinusoidal_positions as sinusoidal_positions
    from verdict.text.rotation import rotate_by_position as rotate_by_position
    from verdict.text.simple_tokenizer import SimpleTokenizerV1 as SimpleTokenizerV1
    from verdict.text.special_tokens import END_OF_TEXT as END_OF_TEXT
    from verdict.text.special_tokens import UNKNOWN as UNKNOWN
    from verdict.text.special_tokens import SimpleTokenizerV2 as SimpleTokenizerV2
    from verdict.text.story import StoryUnavailableError as StoryUnavailableError
    from verdict.text.story import read_story as read_story
    from verdict.text.story import story_path as story_path
    from verdict.text.validation import split_ids as split_ids
    from verdict.text.vocabulary import build_vocabulary as build_vocabulary
    from verdict.text.window_stream import stream_windows as stream_windows
    from verdict.text.windows import count_dropped as count_dropped
    from verdict.text.windows import sliding_windows as sliding_windows
    from verdict.text.words import split_words as split_words
    from verdict.training.evaluation import evaluate as evaluate
    from verdict.training.gradients import loss_and_gradients as loss_and_gradients
    from verdict.training.loop import train as train
    from verdict.training.loss import cross_entropy as cross_entropy
    from verdict.training.loss import perplexity as perplexity
    from verdict.training.optimizer import AdamW as AdamW
    from verdict.training.random_windows import random_windows as random_windows
    from verdict.training.schedule import clip_gradients as clip_gradients
    from verdict.training.schedule import learning_rate as learning_rate
    from verdict.training.tensor import Tensor as Tensor
    from verdict.training.weights import load_weights as load_weights
    from verdict.training.weights import save_weights as save_weights
    from verdict.tuning.answers import exact_match as exact_match
    from verdict.tuning.answers import greedy_answers as greedy_answers
    from verdict.tuning.assistant import load_assistant as load_assistant
    from verdict.tuning.classifier import Classifier as Classifier
    from verdict.tuning.collate import collate as collate
    from verdict.tuning.fine_tuning import fine_tune as fine_tune
    from verdict.tuning.instructions import Instruction as Instruction
    from verdict.tuning.instructions import format_instruction as format_instruction
    from verdict.tuning.instructions import toy_instructions as toy_instructions
    from verdict.tuning.instructions import toy_vocabulary as toy_vocabulary
    from verdict.tuning.judging import calibration as calibration
    from verdict.tuning.judging import calibration_error as calibration_error
    from verdict.tuning.judging import confusion_table as confusion_table
    from verdict.tuning.low_rank import LoRA as LoRA
    from verdict.tuning.messages import make_messages as make_messages
    from verdict.tuning.messages import message_phrases as message_phrases
    from verdict.tuning.orders import make_orders as make_orders
    from verdict.tuning.orders import order_clauses as order_clauses
    from verdict.tuning.padding import pad_rows as pad_rows
    from verdict.tuning.pretrained import load_pretrained as load_pretrained
    from verdict.tuning.recorded_tables import recorded_table as recorded_table
    from verdict.tuning.toy_world import toy_texts as toy_texts
    from verdict.tuning.toy_world import toy_world as toy_world
    from verdict.tuning.trainable import Trainable as Trainable
else:
    # Each module is imported when one of its names is first asked for (PEP 562): so the command
    # answers at once, and what needs no NumPy works where there is none, as in a browser.
    def __getattr__(name):
        """Import a public name, and keep it."""
        if name not in _MODULE_OF:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(_MODULE_OF[name]), name)
        return value

    def __dir__():
        """List all names, imported yet or not."""
        return sorted({*globals(), *_MODULE_OF})
