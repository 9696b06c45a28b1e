/** Profiles of the usual model families, by the name under which an endpoint offers them. Read on 2026-11-29. */
import type { ModelProfile } from './model-profile.ts';

interface Family {
  /** Matched against the name in lower case, without the vendor's prefix (`Qwen/`, `openai/`). */
  readonly name: RegExp;
  readonly profile: ModelProfile;
  readonly source: string;
}

const THINKING_DISABLED = { thinking: { type: 'disabled' } } as const;
/** DashScope reads the first field; the chat templates of vLLM and SGLang read the second. */
const QWEN_DISABLED = { enable_thinking: false, chat_template_kwargs: { enable_thinking: false } } as const;

/** Room for the thinking that a model does even at its lowest effort. */
const SOME_THINKING = 512;
const LONG_THINKING = 2048;

const always = (thinkingTokens: number, profile: ModelProfile = {}): ModelProfile => ({
  thinks: 'always',
  thinkingTokens,
  ...profile,
});
const switchable = (request: ModelProfile['request'], profile: ModelProfile = {}): ModelProfile => ({
  thinks: 'switchable',
  ...(request === undefined ? {} : { request }),
  ...profile,
});
const NEVER: ModelProfile = { thinks: 'never' };
/** Reasoning models of OpenAI take neither `max_tokens` nor a temperature. */
const OPENAI_REASONING = { maxTokensField: 'max_completion_tokens', temperature: false } as const;

/** The first match counts: narrower names come first. */
const FAMILIES: readonly Family[] = [
  // Ollama names its models `family:tag`. Its OpenAI-compatible API reads no other switch.
  {
    name: /^(qwen3|deepseek-v[34]|glm-|kimi-|minimax|magistral|nemotron|gemma4)[\w.-]*:/,
    profile: switchable({ reasoning_effort: 'none' }),
    source: 'github.com/ollama/ollama/issues/14820',
  },
  {
    name: /^(deepseek-)?(r1|reasoner)\b|^deepseek-r|-r1\b/,
    profile: always(LONG_THINKING, { temperature: false }),
    source: 'api-docs.deepseek.com/guides/reasoning_model',
  },
  {
    name: /^deepseek-(v3\.[12]|v[4-9]|chat)/,
    profile: switchable(THINKING_DISABLED),
    source: 'api-docs.deepseek.com/guides/thinking_mode',
  },
  { name: /^qwq|^qwen.*-thinking/, profile: always(LONG_THINKING), source: 'qwen.readthedocs.io' },
  { name: /^qwen.*(-instruct|-coder)|^qwen(1|2)/, profile: NEVER, source: 'qwen.readthedocs.io' },
  {
    name: /^qwen(3|-plus|-turbo|-flash|-max)/,
    profile: switchable(QWEN_DISABLED),
    source: 'qwen.readthedocs.io/en/latest/deployment/vllm.html (enable_thinking is true by default)',
  },
  {
    name: /^glm-(z1|4\.1v-thinking)/,
    profile: always(LONG_THINKING),
    source: 'docs.z.ai/guides/capabilities/thinking',
  },
  {
    name: /^glm-(4\.[5-9]|[5-9])/,
    profile: switchable(THINKING_DISABLED),
    source: 'docs.z.ai/guides/capabilities/thinking',
  },
  { name: /^glm-4/, profile: NEVER, source: 'docs.z.ai' },
  { name: /^kimi.*-thinking/, profile: always(LONG_THINKING), source: 'platform.kimi.ai/docs/api/models-overview' },
  {
    name: /^kimi-k2\.[5-9]/,
    profile: switchable(THINKING_DISABLED, { temperature: false }),
    source: 'platform.kimi.ai/docs/api/models-overview (thinking.type; temperature cannot be set)',
  },
  { name: /^(kimi|moonshot)/, profile: NEVER, source: 'platform.kimi.ai/docs/api/models-overview' },
  {
    name: /^minimax-m[1-9]/,
    profile: always(LONG_THINKING),
    source: 'github.com/MiniMax-AI/MiniMax-M2/issues/105 (thinks in the text)',
  },
  {
    name: /^step-3/,
    profile: switchable({ reasoning_effort: 'low' }, { thinkingTokens: SOME_THINKING }),
    source: 'platform.stepfun.ai/docs (reasoning_effort low or high; no switch)',
  },
  { name: /^hunyuan-t1/, profile: always(LONG_THINKING), source: 'cloud.tencent.com/document/product/1729/104753' },
  {
    name: /^hunyuan-(a13b|2)/,
    profile: switchable(QWEN_DISABLED),
    source: 'github.com/Tencent-Hunyuan/Hunyuan-A13B (enable_thinking in the chat template)',
  },
  { name: /^hunyuan/, profile: NEVER, source: 'cloud.tencent.com/document/product/1729/104753' },
  {
    name: /^(doubao-)?seed-oss/,
    profile: switchable({ chat_template_kwargs: { thinking_budget: 0 } }),
    source: 'huggingface.co/ByteDance-Seed/Seed-OSS-36B-Instruct',
  },
  {
    name: /^doubao-(seed|1-5-thinking)/,
    profile: switchable(THINKING_DISABLED),
    source: 'volcengine.com/docs/82379/1449737 (deep thinking)',
  },
  {
    name: /^gpt-oss/,
    profile: always(SOME_THINKING, { request: { reasoning_effort: 'low' } }),
    source: 'github.com/openai/gpt-oss',
  },
  {
    name: /^gpt-5(-(mini|nano|20\d\d.*))?$/,
    profile: switchable({ reasoning_effort: 'minimal' }, { ...OPENAI_REASONING, thinkingTokens: SOME_THINKING }),
    source: 'learn.microsoft.com/javascript/api/@azure/ai-projects/reasoningeffort',
  },
  { name: /^gpt-5-pro/, profile: always(LONG_THINKING, OPENAI_REASONING), source: 'as gpt-5' },
  {
    name: /^gpt-([5-9]\.\d|[6-9])/,
    profile: switchable({ reasoning_effort: 'none' }, OPENAI_REASONING),
    source: 'learn.microsoft.com/javascript/api/@azure/ai-projects/reasoningeffort (gpt-5.1 and later)',
  },
  {
    name: /^o[1-9](-|$)/,
    profile: always(LONG_THINKING, { ...OPENAI_REASONING, request: { reasoning_effort: 'low' } }),
    source: 'platform.openai.com/docs/guides/reasoning',
  },
  { name: /^(gpt|chatgpt)/, profile: NEVER, source: 'platform.openai.com/docs/models' },
  {
    name: /^gemini-2\.5-flash/,
    profile: switchable({ reasoning_effort: 'none' }),
    source: 'ai.google.dev/gemini-api/docs/openai (thinking)',
  },
  {
    name: /^gemini-(2\.5-pro|[3-9])/,
    profile: always(SOME_THINKING, { request: { reasoning_effort: 'low' } }),
    source: 'ai.google.dev/gemini-api/docs/openai (thinking cannot be switched off)',
  },
  { name: /^(gemini|gemma)/, profile: NEVER, source: 'ai.google.dev/gemini-api/docs/openai' },
  { name: /^magistral/, profile: always(LONG_THINKING), source: 'docs.mistral.ai/capabilities/reasoning' },
  { name: /^(mistral|ministral|mixtral|codestral|devstral|open-mi)/, profile: NEVER, source: 'docs.mistral.ai' },
  // Names in any family. Many of their templates open the thinking in the prompt, so only its end is marked.
  {
    name: /(?<!non?-?)(thinking|reasoner|reasoning)\b|-think\b|^(exaone-deep|openthinker)/,
    profile: always(LONG_THINKING),
    source: 'github.com/vllm-project/vllm/issues/31045, docs.sglang.io/advanced_features/separate_reasoning.html',
  },
  { name: /^(meta-)?llama|^phi|^command|^claude/, profile: NEVER, source: 'model cards' },
];

/** The family's profile for a model name; empty for a family that is not listed. */
export function familyProfile(upstreamName: string): ModelProfile {
  const name = upstreamName.toLowerCase().split('/').at(-1) ?? '';
  return FAMILIES.find((family) => family.name.test(name))?.profile ?? {};
}
