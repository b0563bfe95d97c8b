package web

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/evanw/esbuild/pkg/api"
)

// packedDir is where the packed files stand. What is in a file is in its name: a name
// never gets another content, and a browser need not ask again.
const packedDir = "app/packed/"

// packed is the page in few files, made of the plain modules.
type packed struct {
	files  map[string][]byte // by name, below packedDir
	first  []string          // the scripts of the first screen, the one that starts the page first
	worker []byte
}

// packer makes packed files. With open each module's names can be had from outside, for
// tests that import one beside the page.
type packer struct {
	open     bool
	inWorker bool              // the service worker is made, not the page
	modules  map[string]string // by name, those that Go makes too
	entries  map[string]string // the text of what is loaded at once, by name

	imported, exported memo // of each module, which many files have
}

var (
	aStaticImport = regexp.MustCompile(`(?m)(?:from|^import) '(\.{1,2}/[^']+)'`)
	aLaterScreen  = regexp.MustCompile(`later\('(\w+)'\)`)
	anOwnScreen   = regexp.MustCompile(`own\('[^']*', later\('(\w+)'\)\)`)
	anExport      = regexp.MustCompile(`(?m)^export (?:async )?(?:const|let|class|function\*?) (\w+)`)
	aPassedExport = regexp.MustCompile(`(?m)^export \{([^}]*)\}`)
	aDefault      = regexp.MustCompile(`(?m)^export default `)
)

const (
	mainModule   = "app/main.js"
	screenModule = "app/screenof.js" // what loads a screen when it is first wanted
)

// closure lists what a module needs before it can run, itself included.
func (p *packer) closure(name string, seen map[string]bool) map[string]bool {
	if seen[name] {
		return seen
	}
	seen[name] = true
	for _, needed := range p.imported.of(name, p.importsOf) {
		p.closure(needed, seen)
	}
	return seen
}

func (p *packer) importsOf(name string) (out []string) {
	for _, m := range aStaticImport.FindAllStringSubmatch(p.modules[name], -1) {
		out = append(out, path.Join(path.Dir(name), m[1]))
	}
	return out
}

// memo looks through each module once: to do so for each file that has it took a second of
// a processor at every start. The packer asks from several goroutines.
type memo struct {
	mu   sync.Mutex
	kept map[string][]string
}

func (m *memo) of(name string, look func(name string) []string) []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	out, ok := m.kept[name]
	if !ok {
		out = look(name)
		if m.kept == nil {
			m.kept = map[string][]string{}
		}
		m.kept[name] = out
	}
	return out
}

// pack makes the files of the page.
func (p *packer) pack() (packed, error) {
	p.entries = p.faces()
	out := packed{files: map[string][]byte{}}
	result := api.Build(p.options(api.BuildOptions{
		EntryPointsAdvanced: []api.EntryPoint{{InputPath: "entry:main", OutputPath: "main"}},
		Splitting:           true, EntryNames: "[name]-[hash]", ChunkNames: "[name]-[hash]", Metafile: true,
	}))
	if err := failed(result); err != nil {
		return out, err
	}
	for _, file := range result.OutputFiles {
		name := strings.TrimPrefix(file.Path, "/")
		out.files[name] = file.Contents
		if strings.HasPrefix(path.Base(name), "main-") {
			out.first = append([]string{name}, out.first...)
		}
	}
	for _, m := range packedImport.FindAllSubmatch(out.files[out.first[0]], -1) {
		out.first = append(out.first, packedDir+string(m[1]))
	}
	p.inWorker = true
	worker := api.Build(p.options(api.BuildOptions{EntryPoints: []string{"/sw.js"}}))
	if err := failed(worker); err != nil {
		return out, err
	}
	out.worker = worker.OutputFiles[0].Contents
	return out, nil
}

var packedImport = regexp.MustCompile(`(?:from|import)\s?"\./([^"]+)"`)

func failed(result api.BuildResult) error {
	if len(result.Errors) == 0 {
		return nil
	}
	return fmt.Errorf("packing the page: %s", strings.Join(api.FormatMessages(result.Errors, api.FormatMessagesOptions{}), "; "))
}

func (p *packer) options(o api.BuildOptions) api.BuildOptions {
	o.Bundle, o.Format, o.Outdir, o.AbsWorkingDir = true, api.FormatESModule, "/"+packedDir, "/"
	o.MinifyWhitespace, o.MinifyIdentifiers, o.MinifySyntax = true, true, true
	o.Charset, o.Target, o.LogLevel = api.CharsetUTF8, api.ES2022, api.LogLevelSilent
	o.Plugins = []api.Plugin{{Name: "built-in", Setup: func(b api.PluginBuild) {
		b.OnResolve(api.OnResolveOptions{Filter: `.*`}, p.resolve)
		b.OnLoad(api.OnLoadOptions{Filter: `.*`}, p.load)
	}}}
	return o
}

// resolve leads from an import to a module. What is imported later is an entry of its own,
// which has the modules of the first screen beside it: so these are one file.
func (p *packer) resolve(a api.OnResolveArgs) (api.OnResolveResult, error) {
	if entry, ok := strings.CutPrefix(a.Path, "entry:"); ok {
		return api.OnResolveResult{Path: entry, Namespace: "entry"}, nil
	}
	name := a.Path
	if !strings.HasPrefix(name, "/") {
		name = path.Join(path.Dir(a.Importer), name)
	}
	if a.Kind == api.ResolveJSDynamicImport && p.inWorker {
		return api.OnResolveResult{Path: name, External: true}, nil // a worker can't import later (HTML, import() in service workers)
	}
	if a.Kind == api.ResolveJSDynamicImport {
		return api.OnResolveResult{Path: name, Namespace: "later"}, nil
	}
	return api.OnResolveResult{Path: name, Namespace: "built-in"}, nil
}

func (p *packer) load(a api.OnLoadArgs) (api.OnLoadResult, error) {
	name := strings.TrimPrefix(a.Path, "/")
	text, ok := p.modules[name]
	switch a.Namespace {
	case "entry":
		text, ok = p.entries[name]
	case "later":
		text = p.entry([]string{name}) + "export * from '" + a.Path + "';\n"
	}
	if !ok {
		return api.OnLoadResult{}, fmt.Errorf("%s is not there", a.Path)
	}
	return api.OnLoadResult{Contents: &text, Loader: api.LoaderJS}, nil
}

// entry is the beginning of a file of modules: those of the first screen, and with open
// the names of all others.
func (p *packer) entry(roots []string) string {
	out := "import '/" + mainModule + "';\n"
	if !p.open {
		return out
	}
	first, here := p.closure(mainModule, map[string]bool{}), map[string]bool{}
	for _, root := range roots {
		p.closure(root, here)
	}
	for _, name := range sorted(here) {
		if !first[name] || slices.Contains(roots, mainModule) {
			out += p.opened(name)
		}
	}
	return out
}

// opened passes a module's names on, under names that no other module has.
func (p *packer) opened(name string) string {
	var names []string
	for _, n := range p.exported.of(name, p.exportsOf) {
		names = append(names, n+" as "+openName(name, n))
	}
	return "export { " + strings.Join(names, ", ") + " } from '/" + name + "';\n"
}

var notOfAName = regexp.MustCompile(`\W`)

func openName(module, name string) string {
	return "in_" + notOfAName.ReplaceAllString(strings.TrimSuffix(strings.TrimPrefix(module, "app/"), ".js"), "_") + "_" + name
}

// exportsOf are the names that a module has for others.
func (p *packer) exportsOf(name string) []string {
	text := p.modules[name]
	var out []string
	for _, m := range anExport.FindAllStringSubmatch(text, -1) {
		out = append(out, m[1])
	}
	for _, m := range aPassedExport.FindAllStringSubmatch(text, -1) {
		for word := range strings.SplitSeq(m[1], ",") {
			if _, as, renamed := strings.Cut(word, " as "); renamed {
				word = as
			}
			if word = strings.TrimSpace(word); word != "" {
				out = append(out, word)
			}
		}
	}
	if aDefault.MatchString(text) {
		out = append(out, "default")
	}
	return out
}

// packedName is a name below packedDir that holds what is in the file.
func packedName(name, ending string, body []byte) string {
	sum := sha256.Sum256(body)
	return packedDir + name + "-" + hex.EncodeToString(sum[:5]) + "." + ending
}

// packedStyle is all styles in one, in the order of the cascade.
func packedStyle() ([]byte, error) {
	var all []byte
	for _, name := range []string{"base", "frame", "parts", "forms", "visits", "video", "learn", "desk"} {
		body, err := built.ReadFile("styles/" + name + ".css")
		if err != nil {
			return nil, err
		}
		all = append(all, body...)
	}
	out := api.Transform(string(all), api.TransformOptions{Loader: api.LoaderCSS, MinifyWhitespace: true, Charset: api.CharsetUTF8, LogLevel: api.LogLevelSilent})
	return out.Code, failed(api.BuildResult{Errors: out.Errors})
}

// packedAhead is the small script that runs before the page's own (app/ahead.js).
func packedAhead() ([]byte, error) {
	body, err := built.ReadFile("app/ahead.js")
	if err != nil {
		return nil, err
	}
	out := api.Transform(string(body), api.TransformOptions{Loader: api.LoaderJS, MinifyWhitespace: true, MinifySyntax: true, Charset: api.CharsetUTF8, LogLevel: api.LogLevelSilent})
	return out.Code, failed(api.BuildResult{Errors: out.Errors})
}
