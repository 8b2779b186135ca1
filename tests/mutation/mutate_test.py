"""Of mutate.py: what it makes of a file, and which of its mutants live. Called with a built folder."""

import argparse
import sys
import unittest
from pathlib import Path

sys.dont_write_bytecode = True  # beside the sources
import mutants  # noqa: E402
import mutate  # noqa: E402

SAMPLE = Path(__file__).resolve().parent / 'sample.cc'
BUILD = sys.argv.pop() if len(sys.argv) > 1 and not sys.argv[-1].startswith('-') else None


def made(body):
    """What becomes of the statements of one function."""
    _, found = mutants.guarded('void f() {\n' + body + '\n}\n')
    return [(m.line, m.original, m.mutated) for m in found]


class Mutants(unittest.TestCase):
    def test_change_operators_of_two_sides(self):
        changes = [m for _, _, m in made('x = a < b && c + 1 == d;')]
        self.assertEqual(changes, ['x = a <= b && c + 1 ==', 'x = a < b || c + 1 == d',
                                   '= a < b && c - 1 == d', 'a < b && c + 2 == d',
                                   '< b && c + 1 != d', 'nothing'])

    def test_leave_types_alone(self):
        self.assertEqual(made('std::vector<int> list;\nconst auto&& other = f<int>(-a, &b);'), [])
        self.assertEqual(made('using X = Y<1>;\nconstexpr int a = b < c;'), [])

    def test_are_on_the_lines_of_the_file(self):
        self.assertEqual(made('f();\n\n// 1 < 2 { "\ng("1 < 2", R"(;})");'),
                         [(2, 'f();', 'nothing'), (5, 'g("1 < 2", R"(;})");', 'nothing')])

    def test_take_conditions_loops_and_returns(self):
        self.assertEqual([m for _, _, m in made('if (a) {\n  return b;\n}')],
                         ['true', 'false', 'return {};', 'return !...;'])
        self.assertEqual([m for _, _, m in made('for (const auto& a : b) {\n}')],
                         ['no rounds', 'one round'])

    def test_are_made_of_what_stands_in_functions_of_others(self):
        self.assertEqual([m for _, _, m in made('each([&](int a) {\n  b = !a;\n});')],
                         ['nothing', 'b = a', 'nothing'])

    def test_keep_the_text_where_none_is_to_be(self):
        text = SAMPLE.read_text()
        self.assertEqual(mutants.guarded(text, lines=(0, 0)), (text, []))


class Run(unittest.TestCase):
    def test_names_those_that_live(self):
        if not BUILD:
            self.skipTest('no built folder is named')
        told = []
        options = argparse.Namespace(build=BUILD, file=str(SAMPLE), lines=None, most=0, tests='*',
                                     programs='mutation_sample')
        mutate.run(options, told.append)
        told = [line[line.index('sample.cc'):] for line in told]
        self.assertIn('sample.cc:16: a > b ? a : b -> a >= b ? a : b lives', told)
        self.assertIn('sample.cc:20: number + 1 -> number - 1 lives (no test comes by)', told)
        self.assertFalse([line for line in told if line.startswith('sample.cc:10:')], told)
        self.assertFalse([line for line in told if 'the other branch' in line], told)
        self.assertRegex(told[-1], r'^sample.cc: \d+ killed, 5 live of \d+$')


if __name__ == '__main__':
    unittest.main()
