/**
 * The one pattern of each well-known form of text, in the subset that JavaScript and Postgres read alike.
 * `url`: http or https, no white space (WHATWG URL is stricter on parts that bots do not meet). `email`: one @ between
 * non-empty parts with a dot in the domain, neither first nor last; it is the first that may be one, so that a long text is read
 * once. `color`: `#rgb` or `#rrggbb`.
 */
export const formatPatterns = {
  url: '^https?://[^ \\t\\n\\r\\f\\v]+$',
  email: '^[^@ \\t\\n\\r\\f\\v]+@[^@ \\t\\n\\r\\f\\v][^.@ \\t\\n\\r\\f\\v]*\\.[^@ \\t\\n\\r\\f\\v]+$',
  color: '^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$',
} as const
