package education

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"

	"handrail/models/education/search"
)

func href(p Place) string {
	return map[PlaceKind]string{PlaceHelp: "/#/help", PlacePlan: "/#/plan", PlaceModule: "/learn/" + p.ID, PlaceWeb: p.URL}[p.Kind]
}

func viewOf(t *testing.T, id string, languages ...string) View {
	t.Helper()
	s, ok := Choose(Builtin().Editions(id), languages, true)
	if !ok {
		t.Fatalf("no text of %s", id)
	}
	return ViewOf(s, href)
}

func pageOf(t *testing.T, v View, around Around) string {
	t.Helper()
	var b bytes.Buffer
	if err := Page(&b, v, around); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// The page of a module says who it is for, that nobody has reviewed it, and loads
// nothing; 12 kB at most, as somebody may read it at 50 kbit/s.
func TestPagesStandAlone(t *testing.T) {
	eachModule(t, func(t *testing.T, m Module) {
		v := viewOf(t, m.ID, m.Language)
		v.Library = "https://library.example.org/ib?a=b"
		page := pageOf(t, v, Around{Asked: m.Language, Style: "/module.css", Help: "/#/help", More: []Link{{Href: "/learn/a", Text: "A"}}, Others: []Link{{Href: "/learn/es/a", Text: "Español", Lang: "es"}}})
		if len(page) > 12<<10 {
			t.Errorf("%d bytes", len(page))
		}
		label := labels()[m.Language]
		for _, want := range []string{`lang="` + m.Language + `" dir="` + Direction(m.Language), label["notYet"], label[string(m.Audience)], `<h2 id="s1">`, `href="#s`, `hreflang="es"`, `rel="noreferrer" href="https://library.example.org/ib?a=b"`, "<bdi>library.example.org</bdi>"} {
			if !strings.Contains(page, want) {
				t.Errorf("%q is not on the page", want)
			}
		}
		for _, never := range []string{"<script", "<img", " src=", "http://", "{n}", "{date}", "ZgotmplZ", "<no value>"} {
			if strings.Contains(page, never) {
				t.Errorf("%q is on the page", never)
			}
		}
	})
}

func TestPagesSayWhatHasToBeTold(t *testing.T) {
	v := viewOf(t, "sleep", "en")
	v.NotYet, v.ReviewedOn, v.Behind, v.Fallback = false, "2026-05-01", true, true
	v.Title = "<b>&"
	page := pageOf(t, v, Around{Asked: "ar"})
	for _, want := range []string{"reviewed this page on 2026-05-01", labels()["en"]["behind"], labels()["ar"]["fallback"], "&lt;b&gt;&amp;"} {
		if !strings.Contains(page, want) {
			t.Errorf("%q is not on the page", want)
		}
	}
	if strings.Contains(page, labels()["en"]["notYet"]) {
		t.Error("says that nobody reviewed it")
	}
	if a := pageOf(t, viewOf(t, "sleep", "ar"), Around{Asked: "ar"}); !strings.Contains(a, labels()["ar"]["fallback"]) || !strings.Contains(a, `<html lang="en" dir="ltr">`) {
		t.Error("a page in another language does not say so")
	}
}

func TestLabelsAreThereInEveryLanguage(t *testing.T) {
	want := slices.Sorted(maps.Keys(labels()["en"]))
	for language, l := range labels() {
		if got := slices.Sorted(maps.Keys(l)); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", language, got, want)
		}
		for key, text := range l {
			if strings.TrimSpace(text) == "" || strings.Contains(text, "{n}") != (key == "minutes") || strings.Contains(text, "{date}") != (key == "reviewed") {
				t.Errorf("%s.%s: %q", language, key, text)
			}
		}
	}
	if len(labels()) != 3 || Direction("ar-EG") != "rtl" || Direction("fa") != "rtl" || Direction("es") != "ltr" || Direction("") != "ltr" {
		t.Error("languages and directions")
	}
}

func packOf(t *testing.T, language string) (Manifest, map[string][]byte) {
	var views []View
	for _, id := range Builtin().IDs() {
		views = append(views, viewOf(t, id, language))
	}
	return PackOf(language, views, builtinIndex(language))
}

func TestAPackIsNamedByItsBytes(t *testing.T) {
	for _, language := range []string{"en", "es", "ar"} {
		m, files := packOf(t, language)
		again, _ := packOf(t, language)
		size := m.Index.Bytes
		t.Logf("%s: the index has %d bytes", language, size)
		for _, f := range m.Files {
			data := files[f.Name]
			size += len(data)
			cut, changed := data[:len(data)-1], append(slices.Clone(data[:len(data)-1]), data[len(data)-1]^1)
			if !f.Whole(data) || f.Whole(cut) || f.Whole(changed) || f.Whole(nil) || f.Bytes != len(data) {
				t.Fatalf("%s is not known by its bytes", f.Module)
			}
		}
		if read, err := search.Read(files[m.Index.Name]); err != nil || len(read.Docs) != len(m.Files) || len(read.Find("naloxone", 3)) == 0 {
			t.Errorf("%s: the index in the pack finds nothing: %v", language, err)
		}
		t.Logf("%s: the pack has %d bytes", language, size)
		if len(m.Files) != len(Builtin().IDs()) || size > 2<<20 || len(m.Bytes()) > 64<<10 || !bytes.Equal(m.Bytes(), again.Bytes()) {
			t.Errorf("%s: %d files, %d bytes, a list of %d", language, len(m.Files), size, len(m.Bytes()))
		}
	}
}
