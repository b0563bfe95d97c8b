// Command video measures Handrail's media server beside LiveKit's: the same people,
// the same packets, in turns within one run, each server alone on one core and the
// load on another. It is a module of its own, so that the program never depends on
// LiveKit, whose server is built in a folder of its own. From the root of the repository:
//
//	(mkdir /tmp/lk && cd /tmp/lk && go mod init lk && go get github.com/livekit/livekit-server/cmd/server@v1.13.5 &&
//		go build -o livekit github.com/livekit/livekit-server/cmd/server)
//	go run -C cmd/handrail-bench/video . -livekit /tmp/lk/livekit
//
// Everything is on the loopback and stops by itself. Linux only: it reads /proc and
// uses taskset.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"syscall"
	"time"
)

// options of a run.
type options struct {
	livekit string
	rounds  int
	window  time.Duration // in which packets and processor time are counted
	joins   int           // of newcomers, one after the other
	only    string
	one     shape
}

// shape is a load: so many visits of so many people.
type shape struct{ rooms, people int }

var shapes = []shape{{1, 4}, {4, 4}, {16, 4}, {8, 8}}

// The cores of the servers and of the load.
const serverCore, loadCore = "0", "1"

const pinned = "HANDRAIL_BENCH_PINNED"

func main() {
	var o options
	flag.StringVar(&o.livekit, "livekit", "", "LiveKit's server; without it only Handrail is measured")
	flag.IntVar(&o.rounds, "rounds", 3, "rounds; medians are told")
	flag.DurationVar(&o.window, "window", 8*time.Second, "how long packets are counted in a round")
	flag.IntVar(&o.joins, "joins", 10, "newcomers in a round")
	flag.IntVar(&o.one.rooms, "visits", 0, "measure just so many visits of -people")
	flag.IntVar(&o.one.people, "people", 4, "in each of -visits")
	flag.StringVar(&o.only, "serve", "", "be Handrail's media server (the bench starts itself so)")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "video:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options) error {
	if o.only != "" {
		return serve(ctx)
	}
	if os.Getenv(pinned) == "" {
		return pin()
	}
	servers := []server{handrail{}}
	if o.livekit != "" {
		servers = append(servers, livekit{o.livekit})
	}
	if o.one.rooms > 0 {
		shapes = []shape{o.one}
	}
	for _, s := range shapes {
		fmt.Printf("%d visits of %d people, %d rounds of %s\n", s.rooms, s.people, o.rounds, o.window)
		results := make([][]result, len(servers))
		for range o.rounds {
			for i, sv := range servers {
				r, err := measure(ctx, sv, s, o)
				if err != nil {
					return fmt.Errorf("%s: %w", sv.name(), err)
				}
				results[i] = append(results[i], r)
			}
		}
		print(servers, results)
	}
	return nil
}

// pin starts this program again on its own core.
func pin() error {
	taskset, err := exec.LookPath("taskset")
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	return syscall.Exec(taskset, slices.Concat([]string{"taskset", "-c", loadCore, self}, os.Args[1:]), append(os.Environ(), pinned+"=1"))
}

func print(servers []server, results [][]result) {
	fmt.Printf("%-34s", "")
	for _, s := range servers {
		fmt.Printf("%12s", s.name())
	}
	if len(servers) > 1 {
		fmt.Printf("%10s", "ratio")
	}
	fmt.Println()
	for _, row := range rows {
		fmt.Printf("%-34s", row.name)
		var values []float64
		for i := range servers {
			values = append(values, medianOf(results[i], row.of))
			fmt.Printf("%12.1f", values[i])
		}
		if len(values) > 1 {
			fmt.Printf("%10.2f", values[0]/values[1])
		}
		fmt.Println()
	}
}

func medianOf(rs []result, of func(result) float64) float64 {
	var v []float64
	for _, r := range rs {
		v = append(v, of(r))
	}
	slices.Sort(v)
	return v[len(v)/2]
}
