package web

import (
	"maps"
	"slices"
	"strings"
)

// A face is what one kind of person sees; its screens are one file, which is loaded with
// the first of them. What stands in routes.js for a patient and for those who look at
// their chart is a file that both load; what is named nowhere here is of staff.
var facesOf = map[string][]string{
	"patient": {"arrived", "join", "near", "language", "confirm", "learn", "page", "today", "checkin", "more", "devices", "ways", "inbox",
		"reminders", "calendar", "apps", "askapp", "family", "invite", "wouldsee", "coping", "owngoals", "callwish", "outside", "tryit", "practice", "shareplan", "myteam"},
	"family": {"beside", "place", "asked", "worry"},
	"video":  {"room", "joinvisit"},
}

// faces gives the text of each file of screens, and what finds a screen in them.
func (p *packer) faces() map[string]string {
	face, routes := map[string]string{}, p.modules["app/routes.js"]
	for _, m := range aLaterScreen.FindAllStringSubmatch(routes, -1) {
		face[m[1]] = "staff"
	}
	for _, m := range anOwnScreen.FindAllStringSubmatch(routes, -1) {
		face[m[1]] = "chart"
	}
	for name, screens := range facesOf {
		for _, screen := range screens {
			if face[screen] != "" {
				face[screen] = name
			}
		}
	}
	entries, roots := map[string]string{}, map[string][]string{}
	names := map[string]string{}
	for _, screen := range slices.Sorted(maps.Keys(face)) {
		name, module := face[screen], "app/screens/"+screen+".js"
		roots[name] = append(roots[name], module)
		names[name] += " " + screen
		entries[name] += "export { default as " + screen + "Screen } from '/" + module + "';\n"
	}
	find := "const faces = [\n"
	for _, name := range slices.Sorted(maps.Keys(names)) {
		find += "[' " + strings.TrimSpace(names[name]) + " ', () => import('entry:" + name + "')],\n"
	}
	p.modules[screenModule] = find + "];\n" + `export const screenOf = async (name) => (await faces.find(([names]) => names.includes(" " + name + " "))[1]())[name + "Screen"];` + "\n"
	for name := range entries {
		entries[name] = p.entry(roots[name]) + entries[name]
	}
	entries["main"] = p.entry([]string{mainModule})
	return entries
}

func sorted(set map[string]bool) []string { return slices.Sorted(maps.Keys(set)) }

// openModules are the modules that a test imports, each by the address of its plain file:
// they pass on what is in the packed ones, so that a test sees the page's own state.
func (p *packer) openModules(made packed) map[string][]byte {
	out := map[string][]byte{}
	for name, body := range made.files {
		text := string(body)
		for module := range p.modules {
			if out[module] != nil || !strings.HasPrefix(module, "app/") {
				continue
			}
			names := p.exported.of(module, p.exportsOf)
			if len(names) == 0 || !strings.Contains(text, openName(module, names[0])) {
				continue
			}
			shim := "export { "
			for _, n := range names {
				shim += openName(module, n) + " as " + n + ", "
			}
			out[module] = []byte(shim + "} from '/" + name + "';\n")
		}
	}
	return out
}
