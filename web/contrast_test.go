package web

import (
	"maps"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var (
	aRoot  = regexp.MustCompile(`(?s)(?:@media ([^{]+)\{\s*)?:root \{(.*?)\}`)
	aColor = regexp.MustCompile(`--([\w-]+): (#[0-9a-f]{6});`)
)

// TestColoursHaveTheirContrast: words on every ground that they stand on have 4.5 to 1
// (WCAG 2.2, 1.4.3), lines that carry meaning 3 (1.4.11), and for who asks for more contrast
// words have 7 (1.4.6) and lines 4.5, in light and in dark.
func TestColoursHaveTheirContrast(t *testing.T) {
	light, dark, found := map[string]string{}, map[string]string{}, 0
	for _, m := range aRoot.FindAllStringSubmatch(source(t, "styles/base.css"), -1) {
		words, lines := 4.5, 3.0
		if strings.Contains(m[1], "contrast") {
			words, lines = 7, 4.5
		}
		isDark := strings.Contains(m[1], "dark")
		for _, c := range aColor.FindAllStringSubmatch(m[2], -1) {
			dark[c[1]] = c[2]
			if !isDark {
				light[c[1]] = c[2]
			}
		}
		now := maps.Clone(light)
		if isDark {
			now = maps.Clone(dark)
		}
		found++
		for _, ground := range []string{"paper", "card"} {
			for _, ink := range []string{"ink", "soft", "main", "help"} {
				holds(t, m[1], now, ink, ground, words)
			}
			holds(t, m[1], now, "edge", ground, lines)
		}
		holds(t, m[1], now, "on-main", "main", words)
		holds(t, m[1], now, "on-help", "help", words)
		holds(t, m[1], now, "ink", "calm", words)
		holds(t, m[1], now, "ink", "warm", words)
	}
	if found != 4 {
		t.Errorf("%d sets of colours", found)
	}
}

func holds(t *testing.T, where string, colours map[string]string, ink, ground string, least float64) {
	t.Helper()
	a, b := luminance(t, colours[ink]), luminance(t, colours[ground])
	if ratio := (max(a, b) + .05) / (min(a, b) + .05); ratio < least {
		t.Errorf("%q: %s on %s has %.2f, not %.1f", where, ink, ground, ratio, least)
	}
}

// luminance is the relative luminance of WCAG 2.2.
func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	n, err := strconv.ParseUint(strings.TrimPrefix(colour, "#"), 16, 32)
	if err != nil {
		t.Fatal(err)
	}
	part := func(v uint64) float64 {
		c := float64(v&0xff) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*part(n>>16) + 0.7152*part(n>>8) + 0.0722*part(n)
}
