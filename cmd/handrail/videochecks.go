package main

import (
	"errors"
	"net/netip"

	"github.com/pion/stun/v4"
)

// optional leaves an empty value as it is.
func optional(v string, check func() error) error {
	if v == "" {
		return nil
	}
	return check()
}

func onOff(off *bool, v string) error {
	if v != "on" && v != "off" {
		return errors.New("on or off is needed")
	}
	*off = v == "off"
	return nil
}

// portOrOff keeps -1 for off.
func portOrOff(to *int, v string) error {
	if v == "off" {
		*to = -1
		return nil
	}
	return number(to, v, 0, 65535)
}

func addressList(to *[]string, v string) error {
	*to = nil
	for _, one := range listed(v) {
		ip, err := netip.ParseAddr(one)
		if err != nil || ip.IsUnspecified() {
			return errors.New("IP addresses are needed, with commas between them")
		}
		*to = append(*to, ip.String())
	}
	return nil
}

func turnServers(to *[]string, v string) error {
	*to = nil
	for _, one := range listed(v) {
		u, err := stun.ParseURI(one)
		if err != nil || u.Scheme != stun.SchemeTypeTURN && u.Scheme != stun.SchemeTypeTURNS {
			return errors.New("addresses like turn:turn.example.org:3478 are needed, with commas between them")
		}
		*to = append(*to, one)
	}
	return nil
}

// agree checks what must hold between settings of video.
func (v videoSettings) agree() []string {
	var wrong []string
	if (v.turnCert == "") != (v.turnKey == "") {
		wrong = append(wrong, "--turn-cert-file and --turn-key-file belong together")
	}
	if len(v.turnServers) > 0 && (v.turnSecret == "" || v.turnPort < 0) {
		wrong = append(wrong, "--turn-servers need --turn-secret, which they share, and a --turn-port of our own beside them")
	}
	return wrong
}
