// Command video measures Handrail's media server beside LiveKit's, Galene's and a bare
// loop that only receives, decrypts, encrypts and sends (the limit): the same people,
// the same packets, in turns within one run, each server alone on one core and the
// load on another. It is a module of its own, so that the program never depends on
// LiveKit, whose server is built in a folder of its own. From the root of the repository:
//
//	(mkdir /tmp/lk && cd /tmp/lk && go mod init lk && go get github.com/livekit/livekit-server/cmd/server@v1.13.5 &&
//		go build -o livekit github.com/livekit/livekit-server/cmd/server)
//	(git clone --branch galene-1.1 https://github.com/jech/galene /tmp/galene && cd /tmp/galene && CGO_ENABLED=0 go build)
//	go run -C cmd/handrail-bench/video . -livekit /tmp/lk/livekit -galene /tmp/galene/galene -galene-static /tmp/galene/static
//
// Everything is on the loopback and stops by itself. Linux only: it reads /proc and
// uses taskset.
package main

import (
	"context"
	"flag"
	"fmt"
	"math"
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"
)

// options of a run.
type options struct {
	livekit string
	galene  string
	static  string
	earlier string
	profile string
	bare    bool
	rounds  int
	window  time.Duration // in which packets and processor time are counted
	joins   int           // of newcomers, one after the other
	only    string
	one     shape

	newcomers, address string // of the process of newcomers
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
	flag.StringVar(&o.galene, "galene", "", "Galene's server; without it there is no column of it")
	flag.StringVar(&o.static, "galene-static", "", "Galene's folder of pages, without which it does not start")
	flag.StringVar(&o.earlier, "earlier", "", "an earlier build of this bench, measured as well")
	flag.StringVar(&o.profile, "profile", "", "write Handrail's processor time of the last round here, and what it holds in memory beside it")
	flag.BoolVar(&o.bare, "bare", true, "measure the bare loop as well: the limit")
	flag.IntVar(&o.rounds, "rounds", 3, "rounds; medians are told")
	flag.DurationVar(&o.window, "window", 8*time.Second, "how long packets are counted in a round")
	flag.IntVar(&o.joins, "joins", 10, "newcomers in a round")
	flag.IntVar(&o.one.rooms, "visits", 0, "measure just so many visits of -people")
	flag.IntVar(&o.one.people, "people", 4, "in each of -visits")
	flag.StringVar(&o.only, "serve", "", "be Handrail's media server (the bench starts itself so)")
	flag.StringVar(&o.newcomers, "newcomers", "", "be the newcomers to this server (the bench starts itself so)")
	flag.StringVar(&o.address, "address", "", "where the server of -newcomers is")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "video:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options) error {
	if o.only != "" {
		if o.only == "bare" {
			return serveBare(ctx)
		}
		return serve(ctx)
	}
	if o.newcomers != "" {
		return beNewcomers(ctx, o)
	}
	if os.Getenv(pinned) == "" {
		return pin()
	}
	servers := o.servers()
	if o.one.rooms > 0 {
		shapes = []shape{o.one}
	}
	for _, s := range shapes {
		fmt.Printf("%d visits of %d people, %d rounds of %s\n", s.rooms, s.people, o.rounds, o.window)
		results := make([][]result, len(servers))
		for range o.rounds {
			for i, sv := range servers {
				r, err := measure(ctx, sv, s, o)
				if err != nil && (i == 0 || ctx.Err() != nil) {
					return fmt.Errorf("%s: %w", sv.name(), err)
				}
				if err != nil { // a peer that fails takes nothing from the others
					fmt.Printf("  %s could not be measured: %v\n", sv.name(), err)
					continue
				}
				fmt.Printf("  %s: %.1f us a packet, %.1f %% arrived\n", sv.name(), rows[0].of(r), rows[2].of(r))
				results[i] = append(results[i], r)
			}
		}
		print(servers, results)
		printSteps(results[0])
	}
	return nil
}

// servers are those that are there. What is missing is said, and the rest measured.
func (o options) servers() []server {
	list := []server{handrail{profile: o.profile}}
	if o.earlier != "" {
		list = append(list, handrail{program: o.earlier})
	}
	for name, peer := range map[string]struct {
		path string
		is   server
	}{"LiveKit": {o.livekit, livekit{o.livekit}}, "Galene": {o.galene, galene{o.galene, o.static}}} {
		if _, err := os.Stat(peer.path); err != nil {
			fmt.Printf("%s is not there (%v): the rest is measured without it\n", name, err)
			continue
		}
		list = append(list, peer.is)
	}
	slices.SortStableFunc(list[1:], func(a, b server) int { return strings.Compare(b.name(), a.name()) })
	if o.bare {
		list = append(list, bare{})
	}
	return list
}

// pin starts this program again on its own core, and so the servers on theirs, before all
// else that the machine runs (SCHED_FIFO), where it may.
func pin() error {
	taskset, err := exec.LookPath("taskset")
	if err != nil {
		return err
	}
	first := []string{taskset, "-c", loadCore}
	if exec.Command("chrt", "-f", "1", "true").Run() == nil {
		first = append(first, "chrt", "-f", "1")
	} else {
		fmt.Println("this user may not go before others: what else runs on the machine counts in all figures")
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	return syscall.Exec(taskset, slices.Concat(first, []string{self}, os.Args[1:]), append(os.Environ(), pinned+"=1"))
}

// print tells the medians, and beside each peer's how much of it Handrail's is.
func print(servers []server, results [][]result) {
	fmt.Printf("%-34s", "")
	for i, s := range servers {
		fmt.Printf("%12s", s.name())
		if i > 0 {
			fmt.Printf("%7s", "ratio")
		}
	}
	fmt.Println()
	for _, row := range rows {
		fmt.Printf("%-34s", row.name)
		ours := medianOf(results[0], row.of)
		for i := range servers {
			v := medianOf(results[i], row.of)
			fmt.Printf("%12.1f", v)
			if i > 0 {
				fmt.Printf("%7.2f", ours/v)
			}
		}
		fmt.Println()
	}
}

func medianOf(rs []result, of func(result) float64) float64 {
	if len(rs) == 0 {
		return math.NaN()
	}
	var v []float64
	for _, r := range rs {
		v = append(v, of(r))
	}
	slices.Sort(v)
	return v[len(v)/2]
}
