// Command handrail-bench measures what docs/benchmarks.md claims: each figure as a
// ratio of two things measured in turns within one run, on this machine, over
// loopback. Loads are bounded in count and time and stop by themselves.
//
//	go run ./cmd/handrail-bench            # lists the benches
//	go run ./cmd/handrail-bench checkin plan list start
package main

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/signal"
	"runtime/pprof"
	"slices"
	"time"

	"handrail/cmd/internal/garbage"
)

// options are common to all benches.
type options struct {
	rounds int
	length time.Duration // of one round of one target
	conns  int
	count  int    // for benches that count instead of time
	only   string // measures targets with this in their name alone; "": all

	profile string // a file for a CPU profile; "": none
}

// benches by name; each prints its own table.
var benches = map[string]func(context.Context, options) error{}

func main() {
	var o options
	flag.IntVar(&o.rounds, "rounds", 5, "rounds; medians are told")
	flag.DurationVar(&o.length, "length", 2*time.Second, "length of a round of one target")
	flag.IntVar(&o.conns, "conns", 64, "connections at the same time")
	flag.IntVar(&o.count, "count", 0, "how many, for benches that count (0: the bench's own)")
	flag.StringVar(&o.only, "only", "", "measure only what has this in its name, for a profile of it")
	flag.StringVar(&o.profile, "cpuprofile", "", "write a CPU profile to this file; that of an instance in a process of its own to FILE.instance")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if config, ok := os.LookupEnv(instanceEnv); ok { // a bench started us as one of its instances
		if err := instance(ctx, config); err != nil {
			fmt.Fprintln(os.Stderr, "handrail-bench:", err)
			os.Exit(1)
		}
		return
	}
	if config, ok := os.LookupEnv(phonesEnv); ok {
		if err := phones(ctx, config); err != nil {
			fmt.Fprintln(os.Stderr, "handrail-bench: phones:", err)
			os.Exit(1)
		}
		return
	}
	if flag.NArg() == 0 {
		fmt.Println("benches:", slices.Sorted(maps.Keys(benches)))
		return
	}
	garbage.Roomy() // as the program has it: most benches have it in this process
	if o.profile != "" {
		stop, err := profiled(o.profile)
		if err != nil {
			fmt.Fprintln(os.Stderr, "handrail-bench:", err)
			os.Exit(1)
		}
		defer stop()
	}
	for _, name := range flag.Args() {
		run, ok := benches[name]
		if !ok {
			fmt.Fprintf(os.Stderr, "there is no bench %q; there are %v\n", name, slices.Sorted(maps.Keys(benches)))
			os.Exit(2)
		}
		fmt.Printf("== %s\n", name)
		if err := run(ctx, o); err != nil {
			fmt.Fprintln(os.Stderr, "handrail-bench:", err)
			os.Exit(1)
		}
	}
}

// profiled writes a CPU profile until stop is called.
func profiled(file string) (stop func(), err error) {
	f, err := os.Create(file)
	if err == nil {
		err = pprof.StartCPUProfile(f)
	}
	return pprof.StopCPUProfile, err
}
