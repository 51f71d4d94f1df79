"""Completion scripts of shells: what is accepted, in the language of each.

Main definitions
----------------
SHELLS : by the name of the shell, what writes its script.

Implementation notes
--------------------
A script holds everything that it offers, so that a shell starts no Python while somebody types.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from symcausal.cli.accepted import Accepted

Commands = Mapping[str, tuple[str, tuple[Accepted, ...]]]
_TOP = ("--help", "--version")


def bash(commands: Commands) -> str:
    """Write the script of bash, which versions from 3.2 on read."""
    options, values, places = [], [], []
    for command, (_, known) in commands.items():
        flags = " ".join(s for one in known for s in one.spellings)
        valued = " ".join(s for one in known if one.valued for s in one.spellings)
        options.append((command, f"options='{flags}' valued=' {valued} '"))
        for one in known:
            offer = _bash_offer(one)
            spelt = one.spellings if one.valued else ()
            values += [(f"{command}:{spelling}", f"{offer}; return") for spelling in spelt]
        arguments = [one for one in known if not one.spellings]
        for place, one in enumerate(arguments):
            places.append((f"{command}:{'*' if one.repeated else place}", _bash_offer(one)))
    return f"""\
# Completion of symcausal for bash:  eval "$(symcausal completion bash)"
_symcausal() {{
  local IFS=$' \\t\\n' word before command options valued place=0 i
  word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}}
  # bash takes --format=text for three words
  if [ "$word" = = ]; then word=
  elif [ "$before" = = ]; then before=${{COMP_WORDS[COMP_CWORD-2]}}; fi
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    _symcausal_words '{" ".join((*commands, *_TOP))}'
    return
  fi
  command=${{COMP_WORDS[1]}}
  case $command in
{_cases(options)}
    *) return ;;
  esac
  case $command:$before in
{_cases(values)}
  esac
  case $valued in *" $before "*) return ;; esac
  case $word in -*) _symcausal_words "$options"; return ;; esac
  for ((i = 2; i < COMP_CWORD; i++)); do
    case ${{COMP_WORDS[i]}} in
      -?*) case $valued in *" ${{COMP_WORDS[i]}} "*)
             i=$((i + 1)); [ "${{COMP_WORDS[i]}}" != = ] || i=$((i + 1)) ;;
           esac ;;
      *) place=$((place + 1)) ;;
    esac
  done
  case $command:$place in
{_cases(places)}
  esac
}}
_symcausal_words() {{ COMPREPLY=($(compgen -W "$1" -- "$word")); }}
_symcausal_files() {{
  local IFS=$'\\n'
  compopt -o filenames 2>/dev/null
  COMPREPLY=($(compgen -f -- "$word"))
}}
complete -F _symcausal symcausal
"""


def _bash_offer(one: Accepted) -> str:
    if one.words:
        return f"_symcausal_words '{' '.join(one.words)}'"
    return "_symcausal_files" if one.is_file else ":"


def _cases(cases: Iterable[tuple[str, str]]) -> str:
    """The lines of a ``case``: patterns, each with what is done then."""
    return "\n".join(f"    {pattern}) {done} ;;" for pattern, done in cases)


def zsh(commands: Commands) -> str:
    """Write the script of zsh."""
    listed = "\n".join(
        f"    {_quoted(f'{name}:{_plain(says)}')}" for name, (says, _) in commands.items()
    )
    cases = []
    for command, (_, known) in commands.items():
        specs = []
        place = 0
        for one in known:
            if not one.spellings:
                place += 1
            specs.append(f"      {_zsh_spec(one, place)}")
        cases.append(
            "\n".join([f"    {command}) _arguments -s \\", " \\\n".join(specs), "      ;;"])
        )
    return f"""\
#compdef symcausal
# Completion of symcausal for zsh:  source <(symcausal completion zsh)
_symcausal() {{
  local -a commands=(
{listed}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    compadd -- {" ".join(_TOP)}
    return
  fi
  shift words
  (( CURRENT-- ))
  case $words[1] in
{chr(10).join(cases)}
  esac
}}
if [ "$funcstack[1]" = _symcausal ]; then _symcausal "$@"; else compdef _symcausal symcausal; fi
"""


def _zsh_spec(one: Accepted, place: int) -> str:
    value = f"{_plain(one.name)}:{_zsh_values(one)}"
    if not one.spellings:
        return _quoted(f"*:{value}" if one.repeated else f"{place}:{value}")
    says = re.sub(r"([\[\]])", r"\\\1", _plain(one.says))
    specs = (
        f"*{spelling}[{says}]" + (f":{value}" if one.valued else "") for spelling in one.spellings
    )
    return " ".join(map(_quoted, specs))


def _zsh_values(one: Accepted) -> str:
    if one.words:
        return f"({' '.join(one.words)})"
    return "_files" if one.is_file else " "


def fish(commands: Commands) -> str:
    """Write the script of fish."""
    lines = [
        "# Completion of symcausal for fish:  symcausal completion fish | source",
        "complete -c symcausal -f",
        *(
            f"complete -c symcausal -n __fish_use_subcommand -l {option.strip('-')}"
            for option in _TOP
        ),
    ]
    for command, (says, known) in commands.items():
        lines.append(
            f"complete -c symcausal -n __fish_use_subcommand -a {command} -d {_quoted(says)}"
        )
        here = f"complete -c symcausal -n '__fish_seen_subcommand_from {command}'"
        for one in known:
            offer = _fish_offer(one)
            needs = "" if not one.valued else " -r" if one.is_file and not one.words else " -x"
            if one.spellings:
                spelt = " ".join(
                    f"-l {s[2:]}" if s.startswith("--") else f"-s {s[1:]}" for s in one.spellings
                )
                lines.append(f"{here} {spelt}{needs}{offer} -d {_quoted(one.says)}")
            elif one.words or one.is_file:
                lines.append(f"{here}{offer}")
    return "\n".join(lines) + "\n"


def _fish_offer(one: Accepted) -> str:
    if one.words:
        return f" -a {_quoted(' '.join(one.words))}"
    return " -F" if one.is_file else ""


def _plain(words: str) -> str:
    """Words without the colon, which ends a field of zsh."""
    return words.replace(":", r"\:")


def _quoted(words: str) -> str:
    """A word between single quotes, for any of the shells."""
    return "'" + words.replace("'", "'\\''") + "'"


SHELLS: dict[str, Callable[[Commands], str]] = {"bash": bash, "zsh": zsh, "fish": fish}
