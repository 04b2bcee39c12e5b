type Numbers = Record<string, number>;

const functions: Record<string, (...args: number[]) => number> = {
  pow: Math.pow,
  sqrt: Math.sqrt,
  abs: Math.abs,
  exp: Math.exp,
  floor: Math.floor,
  ceil: Math.ceil,
  round: Math.round,
  min: Math.min,
  max: Math.max,
};

/**
 * Evaluates an `Upstash-Retry-Delay` expression: + - * / ( ), numbers, variables and the functions QStash documents.
 * https://upstash.com/docs/qstash/features/retry
 */
export function evaluateExpression(expression: string, variables: Numbers): number {
  const tokens = expression.match(/\d+(?:\.\d+)?|[a-z]+|[-+*/(),]/g) ?? [];
  if (tokens.join('') !== expression.replace(/\s+/g, '')) throw new Error(`not an expression: ${expression}`);
  let at = 0;
  const next = () => tokens[at++];
  const accept = (token: string) => tokens[at] === token && Boolean(++at);
  const expect = (token: string) => {
    if (!accept(token)) throw new Error(`${token} expected in ${expression}`);
  };

  function sum(): number {
    let value = product();
    for (;;) {
      if (accept('+')) value += product();
      else if (accept('-')) value -= product();
      else return value;
    }
  }
  function product(): number {
    let value = operand();
    for (;;) {
      if (accept('*')) value *= operand();
      else if (accept('/')) value /= operand();
      else return value;
    }
  }
  function operand(): number {
    if (accept('-')) return -operand();
    if (accept('(')) {
      const value = sum();
      expect(')');
      return value;
    }
    const token = next() ?? '';
    if (/^\d/.test(token)) return Number(token);
    const call = functions[token];
    if (call) {
      expect('(');
      const args = [sum()];
      while (accept(',')) args.push(sum());
      expect(')');
      return call(...args);
    }
    const value = variables[token];
    if (value === undefined) throw new Error(`unknown name ${token} in ${expression}`);
    return value;
  }

  const value = sum();
  if (at !== tokens.length) throw new Error(`too much in ${expression}`);
  return value;
}
