package main

import (
	"fmt"
	"os"
	"path/filepath"

	cdpio "github.com/chromedp/cdproto/io"
	"github.com/chromedp/cdproto/tracing"
	"github.com/chromedp/chromedp"
)

// tracesEnv names a folder for what Chromium's own trace says of each page that is loaded: it
// opens in the Performance panel. A traced page is slower than one that is not.
const tracesEnv = "BENCH_TRACES"

// traced starts a trace where one is wanted; what it gives ends it and writes it down.
func (p *appPhone) traced(name string) (end func() error, err error) {
	dir := os.Getenv(tracesEnv)
	if dir == "" {
		return func() error { return nil }, nil
	}
	_, err = chromedp.Call(p.ctx, tracing.Start, tracing.StartParams{TransferMode: tracing.StartTransferModeReturnAsStream, TraceConfig: &tracing.TraceConfig{
		IncludedCategories: []string{"devtools.timeline", "disabled-by-default-devtools.timeline", "v8", "v8.execute", "disabled-by-default-v8.cpu_profiler", "loading", "blink.user_timing", "ServiceWorker", "IndexedDB"}}})
	return func() error {
		done := chromedp.Events(p.ctx, tracing.TracingComplete)
		if _, err := chromedp.Call(p.ctx, tracing.End, struct{}{}); err != nil {
			return err
		}
		file, err := os.CreateTemp(dir, name+"-*.json")
		if err != nil {
			return err
		}
		defer file.Close()
		for complete, err := range done {
			if err != nil {
				return err
			}
			for {
				part, err := chromedp.Call(p.ctx, cdpio.Read, cdpio.ReadParams{Handle: complete.Stream})
				if err != nil {
					return err
				}
				if _, err := file.Write(part.Data); err != nil {
					return err
				}
				if part.EOF {
					fmt.Println("trace:", filepath.Base(file.Name()))
					return nil
				}
			}
		}
		return nil
	}, err
}
