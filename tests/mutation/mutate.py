#!/usr/bin/env python3
"""Breaks lines of one source file, one at a time, and names those that no test misses.

    mutate.py BUILD FILE [--lines 10-20] [--most 50] [--tests 'Store*'] [--programs unit,http]

BUILD is a built folder of the preset dev. The file is compiled once with all of its mutants in it
(mutants.py) and linked once with each test program; the environment says which mutant lives. A
mutant meets the tests alone that come by it, those first that have killed others."""

import argparse
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.dont_write_bytecode = True  # beside the sources
sys.path.insert(0, str(Path(__file__).parent))
import mutants as guards  # noqa: E402

HERE = Path(__file__).resolve().parent
ERROR = re.compile(r'^(.*?):(\d+):(\d+): (?:fatal )?error: ', re.MULTILINE)
FIRST_TESTS = 40  # that have killed before


def stop(what):
    sys.exit(f'mutate: {what}')


class Build:
    """How the built folder compiles a file and links a test program."""

    def __init__(self, folder):
        self.folder = Path(folder).resolve()
        try:
            self.commands = json.loads((self.folder / 'compile_commands.json').read_text())
        except OSError:
            stop(f'{folder} is no built folder; ./dev mutate makes one.')

    def compile_command(self, source):
        for entry in self.commands:
            if Path(entry['file']) == source:
                words = [w for w in shlex.split(entry['command']) if w not in ('-Werror', '-MD')]
                if 'ccache' in words[0]:
                    words = words[1:]
                for option in ('-MT', '-MF', '-o', '-c'):
                    if option in words:
                        at = words.index(option)
                        if option == '-o':
                            self.object = words[at + 1]
                        del words[at:at + 2]
                return words + ['-w']
        stop(f'{source} is not compiled there. It has to be a .cc file of the server.')

    def link_command(self, program, objects, output):
        ninja = shutil.which('ninja') or 'ninja-build'
        run = subprocess.run([ninja, '-t', 'commands', '-s', program], cwd=self.folder,
                             capture_output=True, text=True)
        if run.returncode != 0:
            stop(f'there is no test program {program} in {self.folder}: {run.stderr.strip()}')
        command = run.stdout.strip().split('&&')[1]
        words = [w for w in shlex.split(command) if w != self.object]
        at = words.index('-o')
        words[at + 1] = str(output)
        # What is there before the libraries are looked at is not taken from them.
        return words[:at] + [str(o) for o in objects] + words[at:]


class Program:
    """A test program with the mutants in it."""

    def __init__(self, name, path, folder, only):
        self.name, self.path, self.folder, self.only = name, path, folder, only
        self.tests = {}  # name: (milliseconds, the mutants that it reaches)
        self.killers = []

    def run(self, tests, mutant=0, limit=None, reached=None):
        flags = self.folder / f'{self.name}.{mutant}.flags'
        flags.write_text('--gtest_filter=' + ':'.join(tests) + '\n--gtest_brief=1\n' +
                         ('--gtest_fail_fast=1\n' if mutant else ''))
        environment = {k: v for k, v in os.environ.items() if not k.startswith('GTEST_')}
        environment['GRAPHMOCK_MUTANT'] = str(mutant)
        if reached:
            environment['GRAPHMOCK_MUTANTS_REACHED'] = str(reached)
        process = subprocess.Popen([str(self.path), f'--gtest_flagfile={flags}'], env=environment,
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                   errors='replace', start_new_session=True)
        try:
            output = process.communicate(timeout=limit)[0]
            return process.returncode, output
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            return -1, ''
        finally:
            flags.unlink()

    def measure(self):
        reached = self.folder / f'{self.name}.reached'
        code, output = self.run([self.only], reached=reached)
        for line in reached.read_text().splitlines():
            name, took, outcome, *numbers = line.split(' ')
            if outcome == 'passed':
                self.tests[name] = (int(took), {int(n) for n in numbers})
            else:
                print(f'mutate: {name} fails without a mutant; it is left out', file=sys.stderr)
        if code not in (0, 1):
            print(f'mutate: {self.name} ended early:\n{output[-2000:]}', file=sys.stderr)

    def kills(self, number):
        tests = sorted((t for t, (_, numbers) in self.tests.items() if number in numbers),
                       key=lambda t: self.tests[t][0])
        first = [t for t in self.killers if t in tests][:FIRST_TESTS]
        first += [t for t in tests[:FIRST_TESTS] if t not in first]
        for batch in (first, [t for t in tests if t not in first]):
            if not batch:
                continue
            limit = 20 + 5 * sum(self.tests[t][0] for t in batch) / 1000
            code, output = self.run(batch, number, limit)
            if code != 0:
                failed = re.findall(r'^\[  FAILED  \] ([\w./-]+)', output, re.MULTILINE)
                for name in failed[:1]:
                    if name in self.tests:
                        self.killers = [name] + [k for k in self.killers if k != name]
                return True
        return False


def compile_all(build, source, lines, folder):
    """Compiles the guarded file, without what does not compile; gives its mutants."""
    words = build.compile_command(source)
    text = source.read_text()
    guarded = folder / source.name
    dropped = set()
    while True:
        out, found = guards.guarded(text, lines, dropped)
        guarded.write_text(guards.HEAD + out)
        run = subprocess.run(words + ['-fmax-errors=0', '-fdiagnostics-column-unit=byte', '-iquote',
                                      str(source.parent), '-o', str(folder / 'guarded.o'), '-c',
                                      str(guarded)], cwd=build.folder, capture_output=True, text=True)
        if run.returncode == 0:
            return found
        wrong = wrong_mutants(run.stderr, guarded, found)
        if not wrong:
            stop(f'{source} does not compile with its mutants:\n{run.stderr[:4000]}')
        dropped |= wrong
        print(f'mutate: {len(dropped)} mutants do not compile', file=sys.stderr)


def wrong_mutants(errors, guarded, found):
    """Those that the compiler names, or where it names none all of the lines that it does."""
    places = [(int(line), int(column)) for file, line, column in ERROR.findall(errors)]
    named = {m.number for m in found for line, column in places for span in m.spans
             if span[0] == line and span[1] <= column <= span[2]}
    if named:
        return named
    lines = {line for line, _ in places}
    near = {m.number for m in found if any(span[0] in lines for span in m.spans)}
    if near or not lines:
        return near
    above = max((s[0] for m in found for s in m.spans if s[0] <= min(lines)), default=0)
    return {m.number for m in found if any(span[0] == above for span in m.spans)}


def link_all(build, names, only, folder):
    runtime = folder / 'runtime.o'
    subprocess.run(['c++', '-std=c++20', '-O1', '-c', str(HERE / 'runtime.cc'), '-o', str(runtime)],
                   check=True)
    programs = []
    for name in names:
        path = folder / name
        command = build.link_command(f'tests/{name}', [folder / 'guarded.o', runtime], path)
        run = subprocess.run(command, cwd=build.folder, capture_output=True, text=True)
        if run.returncode != 0:
            stop(f'{name} cannot be linked:\n{run.stderr[-4000:]}')
        programs.append(Program(name, path, folder, only))
    return programs


def spread(found, most):
    """As many as may be, from all of the file."""
    if not most or len(found) <= most:
        return found
    return [found[i * len(found) // most] for i in range(most)]


def programs_for(source):
    """Bytes on the wire are looked at by tests of their own."""
    return ['unit', 'wire', 'http'] if '/server/http/' in str(source) else ['unit', 'http']


def run(arguments, report=print):
    source = Path(arguments.file).resolve()
    build = Build(arguments.build)
    folder = build.folder.parent / 'mutate' / source.stem
    folder.mkdir(parents=True, exist_ok=True)
    lines = tuple(int(n) for n in arguments.lines.split('-')) if arguments.lines else None
    began = time.monotonic()
    found = spread(compile_all(build, source, lines, folder), arguments.most)
    names = arguments.programs.split(',') if arguments.programs else programs_for(source)
    programs = link_all(build, [f'{n}_tests' for n in names], arguments.tests, folder)
    for program in programs:
        program.measure()
    shown = source.relative_to(Path.cwd()) if source.is_relative_to(Path.cwd()) else source
    live = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        fates = pool.map(lambda mutant: fate_of(mutant, programs), found)
        for i, (mutant, fate) in enumerate(zip(found, fates)):
            if i % 10 == 0:
                print(f'mutate: {i} of {len(found)}, {live} live, after '
                      f'{time.monotonic() - began:.0f} s', file=sys.stderr)
            if fate != 'killed':
                live += 1
                report(f'{shown}:{mutant.line}: {mutant.original} -> {mutant.mutated} {fate}')
    report(f'{shown}: {len(found) - live} killed, {live} live of {len(found)}')
    return live


def fate_of(mutant, programs):
    reach = [p for p in programs if any(mutant.number in n for _, n in p.tests.values())]
    if not reach:
        return 'lives (no test comes by)'
    return 'killed' if any(p.kills(mutant.number) for p in reach) else 'lives'


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n', 1)[0])
    parser.add_argument('build')
    parser.add_argument('file')
    parser.add_argument('--lines', help='only these: 10-20')
    parser.add_argument('--most', type=int, default=0, help='so many mutants, from all of the lines')
    parser.add_argument('--tests', default='*', help="as gtest's filter")
    parser.add_argument('--programs', help='unit,http unless it is a file of server/http')
    run(parser.parse_args())


if __name__ == '__main__':
    main()
