"""From the text of a C++ file to one in which every mutant stands beside the original, behind a
question that is asked at run time: `mutation::on(17)`.

It reads tokens and statements and knows nothing of types: what does not compile is for the
compiler to find. It counts on clang-format: an operator of two sides has blanks around it, what
brackets a template has none. No line moves, so that messages name the lines of the file."""

import re
from dataclasses import dataclass, field

TOKEN = re.compile(r'''
    (?P<space>(?:\s|//[^\n]*|/\*.*?\*/|^[ \t]*\#(?:[^\n]*\\\n)*[^\n]*)+)
  | (?P<text>(?:u8|[uUL])?R"(?P<tag>[^()\s\\]{0,16})\(.*?\)(?P=tag)"|(?:u8|[uUL])?"(?:[^"\\\n]|\\.)*"
      |'(?:[^'\\\n]|\\.)+')
  | (?P<number>\.?\d(?:[\w.]|'\w|(?<=[eEpP])[+-])*)
  | (?P<word>[A-Za-z_]\w*)
  | (?P<mark><=>|->\*|<<=|>>=|\.\.\.|::|->|\+\+|--|&&|\|\||<<|[<>=!+*/%&|^-]=|.)
''', re.VERBOSE | re.DOTALL | re.MULTILINE)

OPEN, CLOSE = '([{', ')]}'
SWAPPED = {'<': '<=', '<=': '<', '>': '>=', '>=': '>', '==': '!=', '!=': '==', '&&': '||',
           '||': '&&', '+': '-', '-': '+', '++': '--', '--': '++', '+=': '-=', '-=': '+=',
           'true': 'false', 'false': 'true'}
SPACED = {'<', '>', '&&', '||', '+', '-'}  # elsewhere they are signs, references, brackets
UNTOUCHED = {'using', 'typedef', 'static_assert', 'struct', 'class', 'enum', 'union', 'template',
             'goto', 'asm', 'friend'}


@dataclass
class Token:
    kind: str
    text: str
    line: int
    space: str  # that stands before it, comments included


@dataclass
class Mutant:
    number: int
    line: int
    original: str
    mutated: str
    spans: list = field(default_factory=list)  # (line, first column, last column) in the output


def tokens_of(source):
    tokens, space, line = [], '', 1
    for match in TOKEN.finditer(source):
        if match.lastgroup == 'space' or match.group('space') is not None:
            space += match.group()
        else:
            kind = next(k for k in ('text', 'number', 'word', 'mark') if match.group(k) is not None)
            tokens.append(Token(kind, match.group(), line, space))
            space = ''
        line += match.group().count('\n')
    return tokens, space


def plain(tokens):
    """As one line."""
    text = ''
    for i, token in enumerate(tokens):
        text += (' ' if i and token.space else '') + token.text
    return text


class Guard:
    """Writes a file's tokens with the mutants of its functions beside them."""

    def __init__(self, source, lines=None, dropped=()):
        self.tokens, self.tail = tokens_of(source)
        self.lines = lines
        self.dropped = set(dropped)
        self.mutants = []
        self.partner = self.match_brackets()
        self.out = []  # texts; numbers stand for the begin of a mutant's text, minus them for its end

    def match_brackets(self):
        partner, open_ones = {}, []
        for i, token in enumerate(self.tokens):
            if token.kind != 'mark':
                continue
            if token.text in OPEN:
                open_ones.append(i)
            elif token.text in CLOSE and open_ones:
                partner[open_ones[-1]] = i
                partner[i] = open_ones.pop()
        return partner

    # --- what is written

    def text(self):
        """The whole file; with it the mutants know where in it they stand."""
        self.scope(0, len(self.tokens))
        by_number = {mutant.number: mutant for mutant in self.mutants}
        text, line, column, begun = [], 1, 1, {}
        for piece in self.out + [self.tail]:
            if isinstance(piece, str):
                text.append(piece)
                rows = piece.encode().split(b'\n')
                line += len(rows) - 1
                column = len(rows[-1]) + (1 if len(rows) > 1 else column)
            elif piece > 0:
                begun[piece] = (line, column)
            else:
                by_number[-piece].spans.append((line, begun[-piece][1], column))
        return ''.join(text)

    def copy(self, begin, end, has_space=True):
        """The tokens as they are, but for the blocks within them, which have mutants of their own."""
        i = begin
        while i < end:
            token = self.tokens[i]
            self.out.append((token.space if has_space or i > begin else '') + token.text)
            if token.text == '{' and self.is_lambda_body(i):
                self.block(i + 1, self.partner[i])
                i = self.partner[i]
            else:
                i += 1

    def mutant(self, line, original, mutated):
        """The number of a new one; 0 where there is to be none."""
        self.count = getattr(self, 'count', 0) + 1
        if self.count in self.dropped or (self.lines and not self.lines[0] <= line <= self.lines[1]):
            return 0
        self.mutants.append(Mutant(self.count, line, original, mutated))
        return self.count

    def put(self, number, text):
        self.out += [number, text, -number]

    # --- where functions are

    def scope(self, begin, end):
        """Namespaces, classes and what stands in them: finds the bodies of functions."""
        i = start = begin
        while i < end:
            token = self.tokens[i]
            if token.text == ';' or (token.text == ':' and self.tokens[i - 1].text in
                                     ('public', 'private', 'protected')):
                self.copy(start, i + 1)
                i = start = i + 1
            elif token.text in '([':
                i = self.partner[i] + 1
            elif token.text == '{':
                close = self.partner[i]
                self.copy_head(start, i + 1)
                head = [t.text for t in self.tokens[start:i]]
                if self.is_function(start, i):
                    self.block(i + 1, close)
                    i = start = close
                elif head and ({'namespace', 'class', 'struct', 'extern'} & set(head)) and '=' not in head:
                    self.scope(i + 1, close)
                    i = start = close
                else:  # values, or a member's in a constructor's head
                    start = i + 1
                    i = close
                if start == close and close < end:
                    self.copy_head(close, close + 1)
                    i = start = close + 1
            else:
                i += 1
        self.copy_head(start, end)

    def copy_head(self, begin, end):
        for token in self.tokens[begin:end]:
            self.out.append(token.space + token.text)

    def is_function(self, begin, brace):
        head = self.tokens[begin:brace]
        depth = 0
        has_parameters = False
        for token in head:
            depth += (token.text in '([') - (token.text in ')]')
            if depth == 0 and token.text == '=' and has_parameters is False:
                return False
            has_parameters = has_parameters or token.text == '('
        if not has_parameters or any(t.text in ('enum', 'constexpr', 'consteval') for t in head):
            return False
        before = self.tokens[brace - 1]
        # A member's initializer is followed by another, or by the body.
        after = self.tokens[self.partner[brace] + 1].text if self.partner[brace] + 1 < len(self.tokens) else ''
        is_initializer = before.kind == 'word' and before.text not in ('const', 'noexcept', 'override', 'final') \
            and '->' not in [t.text for t in head] and after in (',', '{')
        return not is_initializer

    def is_lambda_body(self, brace):
        i = brace - 1
        while i > 0 and self.tokens[i].text in ('mutable', 'noexcept'):
            i -= 1
        if self.tokens[i].text in (')', ']'):
            opened = self.partner[i]
            return self.tokens[i].text == ']' or self.tokens[opened - 1].text == ']'
        while i > 0 and (self.tokens[i].kind == 'word' or self.tokens[i].text in ('::', '<', '>', '*', '&')):
            i -= 1
        return self.tokens[i].text == '->' and self.tokens[i - 1].text == ')'

    # --- statements

    def block(self, begin, end):
        i = begin
        while i < end:
            i = self.statement(i, end)

    def end_of_statement(self, i, end):
        while i < end and self.tokens[i].text != ';':
            i = self.partner[i] + 1 if self.tokens[i].text in OPEN else i + 1
        return min(i + 1, end)

    def statement(self, i, end, is_alone=False):
        """Writes the one that begins there; gives where the next does. One that is alone is all
        that a condition decides about."""
        token = self.tokens[i]
        word = token.text
        if word == '{':
            close = self.partner[i]
            self.copy_head(i, i + 1)
            self.block(i + 1, close)
            self.copy_head(close, close + 1)
            return close + 1
        if word in ('if', 'while', 'for', 'switch'):
            return self.headed(i, end)
        if word in ('else', 'do', 'try', ';'):
            self.copy_head(i, i + 1)
            return i + 1
        if word == 'catch':
            close = self.partner[i + 1]
            self.copy_head(i, close + 1)
            return close + 1
        if word in ('case', 'default'):
            colon = next(k for k in range(i, end) if self.tokens[k].text == ':')
            self.copy_head(i, colon + 1)
            return colon + 1
        stop = self.end_of_statement(i, end)
        if word in UNTOUCHED:
            self.copy_head(i, stop)
        elif word == 'return':
            self.returned(i, stop)
        elif self.is_declaration(i, stop):
            self.declaration(i, stop)
        else:
            self.expression(i, stop, is_alone)
        return stop

    def headed(self, i, end):
        word = self.tokens[i].text
        open_at = i + 1
        while self.tokens[open_at].text != '(':
            open_at += 1
        close = self.partner[open_at]
        self.copy_head(i, open_at + 1)
        parts = self.parts(open_at + 1, close)
        if word == 'switch' or self.tokens[open_at - 1].text == 'constexpr' or \
                (word == 'for' and len(parts) != 3):
            self.copy(open_at + 1, close)
        else:
            for k, (begin, stop) in enumerate(parts):
                is_condition = k == (1 if word == 'for' else len(parts) - 1)
                if is_condition and stop > begin:
                    self.condition(begin, stop, word == 'if')
                else:
                    self.copy(begin, stop)
                if k + 1 < len(parts):
                    self.copy_head(stop, stop + 1)
        self.copy_head(close, close + 1)
        body = close + 1
        if word in ('for', 'while') and self.tokens[body].text == '{':
            return self.loop_body(body)
        if self.tokens[body].text == '{':
            return self.statement(body, end)
        has_else = False
        stop = body
        if word == 'if' and self.tokens[body].text not in ('if', 'for', 'while', 'switch', 'do'):
            stop = self.end_of_statement(body, end)
            has_else = stop < end and self.tokens[stop].text == 'else'
        return self.statement(body, end, word == 'if' and not has_else)

    def parts(self, begin, end):
        parts, i, start = [], begin, begin
        while i < end:
            if self.tokens[i].text == ';':
                parts.append((start, i))
                start = i + 1
            i = self.partner[i] + 1 if self.tokens[i].text in OPEN else i + 1
        return parts + [(start, end)]

    def condition(self, begin, end, is_if):
        if self.assignment(begin, end) is not None:
            self.declaration(begin, end)
            return
        tokens = self.tokens[begin:end]
        original = plain(tokens)
        variants = self.variants(begin, end)
        if is_if:
            line = tokens[0].line
            if original not in ('true', 'false'):
                variants = [(line, original, 'true', 'true'), (line, original, 'false', 'false')] + variants
        self.chosen(variants, begin, end, 'static_cast<bool>')

    def chosen(self, variants, begin, end, cast=''):
        """One of them, or the original, as an expression."""
        closing = ''
        self.out.append(self.tokens[begin].space)
        for line, original, mutated, text in variants:
            number = self.mutant(line, original, mutated)
            if number:
                self.put(number, f'(mutation::on({number}) ? {cast}({text}) : ')
                closing += ')'
        self.out.append(f'{cast}(' if closing else '')
        self.copy(begin, end, has_space=False)
        self.out.append(closing + (')' if closing else ''))

    def loop_body(self, brace):
        close = self.partner[brace]
        line = self.tokens[brace].line
        self.copy_head(brace, brace + 1)
        number = self.mutant(line, 'the loop', 'no rounds')
        if number:
            self.put(number, f' if (mutation::on({number})) break; ')
        self.block(brace + 1, close)
        number = self.mutant(line, 'the loop', 'one round')
        if number:
            self.put(number, f' if (mutation::on({number})) break; ')
        self.copy_head(close, close + 1)
        return close + 1

    def returned(self, begin, stop):
        line = self.tokens[begin].line
        value = plain(self.tokens[begin + 1:stop - 1])
        statement = plain(self.tokens[begin:stop])
        others = [(l, o, m, 'return ' + t + ';') for l, o, m, t in self.variants(begin + 1, stop - 1)]
        if value and value not in ('{}', 'false', 'nullptr', 'std::nullopt', '0', '""', 'std::string()'):
            others.append((line, statement, 'return {};', 'return {};'))
            if value not in ('true',) and not value.startswith('{'):
                others.append((line, statement, 'return !...;', f'return !({value});'))
        if not value:
            others.append((line, statement, 'nothing', ';'))
        self.alternatives(others, begin, stop)

    def expression(self, begin, stop, is_alone):
        line = self.tokens[begin].line
        statement = plain(self.tokens[begin:stop])
        others = [(l, o, m, t + ';') for l, o, m, t in self.variants(begin, stop - 1)]
        # Without its only statement a condition is one that never holds.
        if not is_alone:
            others.append((line, statement, 'nothing', ';'))
        self.alternatives(others, begin, stop)

    def alternatives(self, others, begin, stop):
        """One of them, or the original, as a statement."""
        is_guarded = False
        space = self.tokens[begin].space
        for line, original, mutated, text in others:
            number = self.mutant(line, original, mutated)
            if not number:
                continue
            if not is_guarded:
                self.out.append(space + '{ ')
            self.put(number, f'if (mutation::on({number})) {{ {text} }} else ')
            is_guarded = True
        if not is_guarded:
            self.copy(begin, stop)
            return
        self.out.append('{ ')
        self.copy(begin, stop, has_space=False)
        self.out.append(' } }')

    def assignment(self, begin, end):
        """Where the one "=" of a declaration stands."""
        i = begin
        while i < end:
            if self.tokens[i].text == '=':
                return i
            i = self.partner[i] + 1 if self.tokens[i].text in OPEN and self.tokens[i].text != '[' else i + 1
        return None

    def is_declaration(self, begin, stop):
        """A type and then a name, before anything else."""
        i = begin
        while i + 1 < stop:
            token, after = self.tokens[i], self.tokens[i + 1]
            if token.text in ('const', 'auto', 'static', 'constexpr', 'thread_local'):
                return True
            if token.text in ('throw', 'delete', 'co_return'):
                return False
            if token.kind == 'word' and after.kind == 'word':
                return True
            if token.text in ('>', '&', '*') and after.kind == 'word' and not token.space and i > begin:
                return True
            if token.kind != 'word' and token.text not in ('::', '<', '>', ',', '&', '*'):
                return False
            i += 1
        return False

    def declaration(self, begin, stop):
        at = self.assignment(begin, stop)
        has_end = self.tokens[stop - 1].text == ';'
        end = stop - 1 if has_end else stop
        if at is None or at + 1 >= end or self.tokens[at + 1].text in ('{', '[') or \
                any(t.text in ('constexpr', 'static') for t in self.tokens[begin:at]):
            self.copy(begin, stop)
            return
        self.copy(begin, at + 1)
        self.chosen(self.variants(at + 1, end), at + 1, end)
        if has_end:
            self.copy_head(end, stop)

    # --- expressions

    def variants(self, begin, end):
        """Each change of one token outside of blocks: (line, original, mutated, whole text)."""
        found = []
        i = begin
        while i < end:
            token = self.tokens[i]
            if token.text == '{' and self.is_lambda_body(i):
                i = self.partner[i] + 1
                continue
            other = self.other(i, end)
            if other is not None:
                before, after = self.tokens[begin:i], self.tokens[i + 1:end]
                changed = [Token(token.kind, other, token.line, token.space)] + after
                around = self.around(i, begin, end)
                shown = plain([Token(t.kind, other if t is token else t.text, t.line, t.space) for t in around])
                found.append((token.line, plain(around), shown, plain(before + changed)))
            if token.text == '?':
                swapped = self.swapped_branches(i, begin, end)
                if swapped:
                    found.append((token.line, plain(self.around(i, begin, end)), 'the other branch', swapped))
            i += 1
        return found

    def other(self, i, end):
        token = self.tokens[i]
        before = self.tokens[i - 1]
        after = self.tokens[i + 1] if i + 1 < len(self.tokens) else token
        if token.text in SPACED and not (token.space and after.space):
            return None
        if token.text in ('+', '-') and before.kind == 'mark' and before.text not in CLOSE:
            return None
        if token.kind == 'number':
            return str(int(token.text) + 1) if token.text.isdigit() and not token.text.startswith('00') else None
        if token.text == '!':
            return ''
        return SWAPPED.get(token.text)

    def around(self, i, begin, end):
        """The few tokens that show where it is."""
        return self.tokens[max(begin, i - 6):min(end, i + 7)]

    def swapped_branches(self, question, begin, end):
        i, depth = question + 1, 0
        while i < end and not (self.tokens[i].text == ':' and depth == 0):
            depth += (self.tokens[i].text == '?') - (self.tokens[i].text == ':')
            i = self.partner[i] + 1 if self.tokens[i].text in OPEN else i + 1
        colon = stop = i
        while stop < end and self.tokens[stop].text not in (',', ';', ')', ']', '}'):
            stop = self.partner[stop] + 1 if self.tokens[stop].text in OPEN else stop + 1
        if colon >= end or stop > end:
            return None
        return plain(self.tokens[begin:question + 1]) + ' (' + plain(self.tokens[colon + 1:stop]) + ') : (' + \
            plain(self.tokens[question + 1:colon]) + ')' + plain(self.tokens[stop:end])


HEAD = 'namespace mutation { bool on(int mutant); }\n#line 1\n'


def guarded(source, lines=None, dropped=()):
    """The text to compile, its first line after HEAD, and the mutants in it."""
    guard = Guard(source, lines, dropped)
    text = guard.text()
    return text, guard.mutants
