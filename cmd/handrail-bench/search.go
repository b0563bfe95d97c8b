package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"handrail/models/education"
	"handrail/models/education/search"
	"handrail/models/education/search/searchtest"
	"handrail/web"
)

func init() { benches["search"] = searching }

const (
	searchPages = 2000 // of each language
	searchAsked = 300
	searchTimes = 5           // that each is asked: the best says least about other work on the machine
	slowCPU     = 4           // times slower
	slowNetwork = 50_000. / 8 // bytes a second
	slowLatency = 300         // milliseconds
)

// searching measures the search of 2,000 made-up pages in each language in the program and,
// in Chromium with a CPU made four times slower, on the page; and when the first words of a
// page by its own address are there at 50 kbit/s.
func searching(ctx context.Context, _ options) error {
	files := http.NewServeMux()
	files.Handle("/", http.FileServerFS(web.Files()))
	for _, language := range search.Languages {
		docs, asked := searchtest.Docs(language, searchPages, searchAsked)
		ix := search.New(language, docs)
		all, best := searchedHere(ix, asked)
		body, err := json.Marshal(ix)
		if err != nil {
			return err
		}
		fmt.Printf("program %s: %d pages, p50 %v, p99 %v, p99 of the best of %d %v; the index has %d kB\n", language, searchPages,
			all[len(all)/2], all[len(all)*99/100], searchTimes, best[len(best)*99/100], len(body)/1000)
		files.HandleFunc("/index-"+language, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(body) })
		questions, err := json.Marshal(asked)
		if err != nil {
			return err
		}
		files.HandleFunc("/asked-"+language, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(questions) })
	}
	for _, language := range search.Languages {
		page, err := ownPage(language)
		if err != nil {
			return err
		}
		files.HandleFunc("/learn/"+language, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = w.Write(page)
		})
	}
	server := httptest.NewServer(files)
	defer server.Close()
	alloc, kill := chromedp.NewExecAllocator(ctx, chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun)
	defer kill()
	browser, leave := chromedp.NewContext(alloc)
	defer leave()
	if err := chromedp.Do(browser); err != nil { // starts it
		return err
	}
	return errors.Join(searchedOnAPhone(browser, server.URL), firstWords(browser, server.URL))
}

// searchedHere is how long each search took, and the best of each question, sorted.
func searchedHere(ix *search.Index, asked []string) (all, best []time.Duration) {
	for _, a := range asked {
		least := time.Hour
		for range searchTimes {
			began := time.Now()
			ix.Find(a, 10)
			took := time.Since(began)
			all, least = append(all, took), min(least, took)
		}
		best = append(best, least)
	}
	slices.Sort(all)
	slices.Sort(best)
	return all, best
}

// ownPage is a module by its own address.
func ownPage(language string) ([]byte, error) {
	s, ok := education.Choose(education.Builtin().Editions("overdose-response"), []string{language}, true)
	if !ok {
		return nil, errors.New("there is no page to show")
	}
	var b bytes.Buffer
	err := education.Page(&b, education.ViewOf(s, func(p education.Place) string { return "/learn/" + language + "/" + p.ID }), education.Around{Asked: language, Style: "/styles/learn.css", Help: "/#/help"})
	return b.Bytes(), err
}

const searchScript = `(async () => {
  const { find, ready } = await import('/app/search/find.js');
  const [index, asked] = await Promise.all(['index', 'asked'].map((name) => fetch('/' + name + '-%s').then((r) => r.json())));
  let at = performance.now();
  const ix = ready(index);
  const readying = performance.now() - at;
  const took = asked.map((a) => Array.from({ length: %d }, () => { at = performance.now(); find(ix, a, 10); return performance.now() - at; }));
  const all = took.flat().sort((a, b) => a - b);
  const best = took.map((t) => Math.min(...t)).sort((a, b) => a - b);
  return [readying, all[all.length >> 1], all[Math.floor(all.length * 0.99)], best[Math.floor(best.length * 0.99)]];
})()`

func searchedOnAPhone(browser context.Context, base string) error {
	tab, leave := chromedp.NewContext(browser)
	defer leave()
	if err := chromedp.Do(tab, chromedp.Navigate(base+"/manifest.webmanifest")); err != nil {
		return err
	}
	if _, err := chromedp.Call(tab, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: slowCPU}); err != nil {
		return err
	}
	for _, language := range search.Languages {
		v, err := chromedp.Run(tab, chromedp.Evaluate[[]float64](fmt.Sprintf(searchScript, language, searchTimes), chromedp.EvalAwaitPromise))
		if err != nil {
			return err
		}
		fmt.Printf("phone %s, CPU %d times slower: p50 %.1f ms, p99 %.1f ms, p99 of the best of %d %.1f ms; to ready the index once %.0f ms\n", language, slowCPU, v[1], v[2], searchTimes, v[3], v[0])
	}
	return nil
}

func firstWords(browser context.Context, base string) error {
	for _, language := range search.Languages {
		tab, leave := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
		err := chromedp.Do(tab)
		if err == nil {
			_, err = chromedp.Call(tab, network.Enable, network.EnableParams{})
		}
		if err == nil {
			_, err = chromedp.Call(tab, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
				MatchedNetworkConditions: []*network.Conditions{{Latency: slowLatency, DownloadThroughput: slowNetwork, UploadThroughput: slowNetwork}}})
		}
		if err == nil {
			err = chromedp.Do(tab, chromedp.Navigate(base+"/learn/"+language))
		}
		var at float64
		if err == nil {
			at, err = chromedp.Run(tab, chromedp.Evaluate[float64](`new Promise((done) => new PerformanceObserver((list) => done(list.getEntriesByName('first-contentful-paint')[0]?.startTime)).observe({ type: 'paint', buffered: true }))`, chromedp.EvalAwaitPromise))
		}
		leave()
		if err != nil {
			return err
		}
		fmt.Printf("page by its own address, %s: first words after %.2f s at 50 kbit/s with %d ms of latency\n", language, at/1000, slowLatency)
	}
	return nil
}
