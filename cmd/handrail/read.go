package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// errUsage marks what the caller of the program can mend by typing it in another
// way: exit code 2.
var errUsage = errors.New("not understood")

// value is what a setting was given, and where.
type value struct{ text, source string }

// readSettings reads flags over variables over defaults, and tells everything that
// is wrong at once. own declares the flags that a command has for itself; rest is
// what stands beside the flags.
func readSettings(args, environ []string, own func(*flag.FlagSet)) (s settings, rest []string, err error) {
	given := map[string]value{}
	for _, one := range table {
		given[one.name] = value{one.def, "the default of --" + one.name}
	}
	wrong := readVariables(environ, given)
	rest, err = readFlags(args, own, given)
	if errors.Is(err, flag.ErrHelp) {
		return s, nil, err
	}
	if err != nil {
		wrong = append(wrong, err.Error())
	}
	for _, one := range table {
		v := given[one.name]
		if err := one.set(&s, v.text); err != nil {
			said := fmt.Sprintf(" (%q)", v.text)
			if one.secret || v.text == "" {
				said = ""
			}
			wrong = append(wrong, v.source+said+": "+err.Error())
		}
	}
	if len(wrong) == 0 {
		wrong = s.agree()
	}
	if len(wrong) > 0 {
		return s, nil, fmt.Errorf("%w:\n  %s", errUsage, strings.Join(wrong, "\n  "))
	}
	return s, rest, nil
}

// readVariables takes the HANDRAIL_ variables. An empty one counts as not set, as
// container files have no other way to say so. HANDRAIL_TEST_ is left to the tests.
func readVariables(environ []string, given map[string]value) (wrong []string) {
	known := map[string]string{}
	for _, one := range table {
		known[one.variable()] = one.name
	}
	for _, each := range slices.Sorted(slices.Values(environ)) {
		name, text, _ := strings.Cut(each, "=")
		if !strings.HasPrefix(name, prefix) || strings.HasPrefix(name, prefix+"TEST_") {
			continue
		}
		if one, ok := known[name]; !ok {
			wrong = append(wrong, fmt.Sprintf("%s is no setting; do you mean %s?", name, nearest(name, maps.Keys(known))))
		} else if text != "" {
			given[one] = value{text, name}
		}
	}
	return wrong
}

// readFlags takes the flags, wherever they stand among the other arguments.
func readFlags(args []string, own func(*flag.FlagSet), given map[string]value) (rest []string, err error) {
	flags := flag.NewFlagSet("handrail", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	for _, one := range table {
		flags.Func(one.name, one.meaning, func(text string) error {
			given[one.name] = value{text, "--" + one.name}
			return nil
		})
	}
	if own != nil {
		own(flags)
	}
	for {
		if err := flags.Parse(args); err != nil {
			return nil, suggestFlag(flags, err)
		}
		if flags.NArg() == 0 {
			return rest, nil
		}
		rest, args = append(rest, flags.Arg(0)), flags.Args()[1:]
	}
}

// suggestFlag says which flag may have been meant.
func suggestFlag(flags *flag.FlagSet, err error) error {
	name, ok := strings.CutPrefix(err.Error(), "flag provided but not defined: -")
	if !ok {
		return err
	}
	var names []string
	flags.VisitAll(func(f *flag.Flag) { names = append(names, f.Name) })
	return fmt.Errorf("--%s is no flag of this command; do you mean --%s?", name, nearest(name, slices.Values(names)))
}
