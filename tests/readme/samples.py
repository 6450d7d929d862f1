"""READMEs made by hand: every shape that real lists have, in small."""

CLEAN = """\
# Awesome Example [![Awesome](https://awesome.re/badge.svg)](https://awesome.re)

> Things to show an example with.

## Contents

- [Libraries](#libraries)
  - [For Data](#for-data)
- [Books](#books)

## Libraries

What one builds with.

- [Alpha](https://alpha.example) - A library for `alpha` rays.
  - [Alpha Two](https://alpha.example/2) - What came after, by [Ann](https://ann.example).
- [Beta](https://beta.example)

### For Data

- [Gamma](https://gamma.example) - Is *fast* (and small).

## Books

- [Delta](https://delta.example/book_(2nd)) - The book!

## Contributing

Read the [guidelines](contributing.md) first.
"""

SEPARATORS = """\
# Separators

## All

- [a](https://e.org/a) - dash
- [b](https://e.org/b): colon
- [c](https://e.org/c) – en dash
- [d](https://e.org/d) — em dash
- [e](https://e.org/e) -- two dashes
- [f](https://e.org/f), comma
- [g](https://e.org/g) only a space
- [h](https://e.org/h) (in brackets)
- [i](https://e.org/i)(glued) to it
- [j](https://e.org/j)
- [k](https://e.org/k)- glued dash
- [l](https://e.org/l) -glued to the text
- [m](https://e.org/m)-based thing
- [n](https://e.org/n) :rocket: shortcode
- [o](https://e.org/o) `code` first
- [p](https://e.org/p) *emphasis* first
- [q](https://e.org/q) ![badge](https://e.org/q.svg) - after a badge
- [r](https://e.org/r) - one - two - three
- [s](https://e.org/s). full stop
- [t](https://e.org/t) 🚀
- [u](https://e.org/u) [v](https://e.org/v), [w](https://e.org/w) - several links
- [x](https://e.org/x) [[docs](https://e.org/x/docs)] - in square brackets
- [y](https://e.org/y) --an-option
- [z](https://e.org/z)：全角。
"""

LINKS = """\
# Links

- [with `code`](https://e.org/1) - a.
- **[bold](https://e.org/2)** - a.
- **Prefix: [inside](https://e.org/3) and more** - a.
- ⭐ [star](https://e.org/4) - a.
- [under_score](https://e.org/5_(x)) - a.
- [spaced](<https://e.org/6 6>) - not an address.
- [tip](https://e.org/7 "a hint") - a.
- <a href="https://e.org/8?a=1&amp;b=2" target="_blank">html <b>link</b></a> - a.
- [by reference][ref] - and ![an image][Icon] too.
- [ref]
- https://e.org/9 bare.
- <https://e.org/10> - in angle brackets.
- (reversed)[https://e.org/11] - a.
- [![Badge](https://e.org/b.svg)](https://e.org/12) [named](https://e.org/13) - a.
- [brackets [in] it](https://e.org/14) - a.
- ([wrapped](https://e.org/15))
- Group [[square](https://e.org/16)]
- [ünïcode](https://e.org/ü) – ok
- [ ] [task](https://e.org/17) - a.
- [name *with* stars](https://e.org/18 'it\\'s') - a.
- [relative](docs/x.md) - a.
- [fragment](#links) - a.
- [mail](mailto:a@e.org) - a.
- [](https://e.org/19) - nothing to see.
- no link at all
- [port](https://e.org:8080/) - a

[ref]: https://e.org/ref "Ref"
[icon]: https://e.org/icon.svg
[unused]: https://e.org/unused
"""

STRUCTURE = """\
<!--lint disable awesome-badge-->
<p align="center"><img src="https://e.org/logo.svg" alt="logo"></p>

Awesome _Structure_ [![Awesome](https://awesome.re/badge.svg)](https://awesome.re)
=======

Intro with __bold__ and  \n\
a hard break.
- [Contents of](#one)
- [the page](#two-three)
- [are here](#four)
- [Elsewhere](https://e.org/else)

One
---
Text right above the list:
* [a](https://e.org/a) - starred
+ [b](https://e.org/b) - plussed
    - [c](https://e.org/c) - four spaces
\t- [d](https://e.org/d) - a tab

1. [first](https://e.org/1) - numbered
2. [second](https://e.org/2) - too

   A paragraph of the second.

   ```sh
   $ code
   ```
3. plain words
   - [inner](https://e.org/inner) - below them
4. - [nested](https://e.org/nested) on one line

#### [Two](https://e.org/two) `Three` ![](https://e.org/i.svg)

**Bold heading**

| Name | Link |
|:-|--:|
| [t](https://e.org/t) | a \\| b |
| ünï | |

<details>
<summary>More</summary>

### Not a section

- [e](https://e.org/e) - in details

</details>

***

    indented code

~~~python
fence
~~~

> quoted
lazily
> - [q](https://e.org/q) in a quote

[⬆ back to top](#one)

### Four ###
- [a](https://e.org/a) - again, elsewhere
- [a again](http://www.e.org/a/?utm_source=x) - the same here, wait
- [a](https://e.org/a#part) - another
<!-- a comment -->
## Four
Nothing but prose[^1].

[^1]: A footnote.
# Second
## Contributing
Please do!"""

NO_MAIN_HEADING = """\
<h1 align="center">
  <img src="https://e.org/l.png" alt="x">
  Awesome <b>HTML</b> &amp; Co
</h1>

## One
- [a](https://e.org/a) a
"""

MARKER_ONLY = """\
# Marker

## Table of Contents

## One

- [a](https://e.org/a)
"""

ALL = {
    "clean": CLEAN,
    "separators": SEPARATORS,
    "links": LINKS,
    "structure": STRUCTURE,
    "no main heading": NO_MAIN_HEADING,
    "marker only": MARKER_ONLY,
    "no heading": "- [a](https://e.org/a) - b\n",
    "heading only": "# Nothing yet",
    "carriage returns": STRUCTURE.replace("\n", "\r\n"),
    "old carriage returns": CLEAN.replace("\n", "\r"),
    "byte-order mark": "\ufeff\n\n" + CLEAN,
    "no final newline": CLEAN.rstrip(),
    "blank runs": CLEAN.replace("\n\n", "\n \n\t\n\n") + "\n\n\n",
    "unusual blanks": CLEAN.replace("Alpha", "Al\u200bpha\u2028x\x0by\x85z\u00a0"),
}
