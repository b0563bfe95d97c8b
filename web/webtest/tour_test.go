package webtest

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
)

var writeTour = flag.Bool("tour", false, "write the pictures of README's tour anew")

const tourFolder = "../../docs/screens"

// tour keeps a picture for README: go test ./web/webtest -run TestFiveJourneys -tour. Nothing
// compares it: letters are drawn a little otherwise on each machine.
func (p handless) tour(name string) {
	p.t.Helper()
	if !*writeTour || p.language != "en" {
		return
	}
	eval[bool](p.phone, `(document.activeElement.blur(), scrollTo(0, 0), new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true)))))`)
	quality := int64(45)
	shot := called(p.phone, page.CaptureScreenshot, page.CaptureScreenshotParams{Format: page.CaptureScreenshotFormatWebp, Quality: &quality})
	if err := os.WriteFile(filepath.Join(tourFolder, name+".webp"), shot.Data, 0o644); err != nil {
		p.t.Fatal(err)
	}
}

// TestTheTourIsSmall: README shows six pictures, each is there, and none is larger than 60 kB.
func TestTheTourIsSmall(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(tourFolder + "/*")
	if err != nil || len(files) != 6 {
		t.Errorf("%d pictures, %v", len(files), err)
	}
	for _, file := range files {
		picture, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if len(picture) > 60_000 || !bytes.HasPrefix(picture, []byte("RIFF")) {
			t.Errorf("%s has %d bytes", file, len(picture))
		}
		if !strings.Contains(string(readme), `src="docs/screens/`+filepath.Base(file)+`"`) {
			t.Errorf("README does not show %s", file)
		}
	}
}
