"""Whole files of a given size that repeat one thing: lines, comments, commands, placeholders, units in YAML."""

from __future__ import annotations

from typing import NamedTuple

HEAD = "[Unit]\nDescription=x\n[Service]\nExecStart=/bin/true\n"
SERVICE = "x.service"
CLOUD = "#cloud-config\nwrite_files:\n"
IN_CLOUD = " - path: /etc/systemd/system/a№.service\n   content: |\n     [Service]\n     ExecStart=/bin/x\n"


class WholeFile(NamedTuple):
    """A file that repeats ``part``, in which ``№`` is its number, between ``before`` and ``after``."""

    name: str
    before: str
    part: str
    after: str = "\n"

    def text(self, size: int) -> str:
        """The file with about ``size`` characters."""
        parts: list[str] = []
        length = 0
        while length < size:
            parts.append(self.part.replace("№", str(len(parts))))
            length += len(parts[-1])
        return "".join([self.before, *parts, self.after])


WHOLE_FILES = {
    "headers": WholeFile(SERVICE, "", "[Service]\n"),
    "unknown headers": WholeFile(SERVICE, "", "[S№]\n"),
    "misspelt headers": WholeFile(SERVICE, "", "[Servce]\n"),
    "lines of a section that is missing": WholeFile(SERVICE, "", "[Unit]\nMemoryMax=1\n"),
    "headers without an end": WholeFile(SERVICE, "", "[S№\n"),
    "lines without =": WholeFile(SERVICE, HEAD, "Restart always№\n"),
    "empty lines": WholeFile(SERVICE, HEAD, "\n"),
    "blanks": WholeFile(SERVICE, HEAD, " "),
    "backslashes": WholeFile(SERVICE, HEAD, "\\\n"),
    "blanks behind backslashes": WholeFile(SERVICE, HEAD, "Environment=A=b \\ \n"),
    "NUL": WholeFile(SERVICE, HEAD, "\0"),
    "line ends": WholeFile(SERVICE, HEAD, "Nice=5\r\n\r\r\n"),
    "comments": WholeFile(SERVICE, HEAD, "# x\n"),
    "comments that suppress": WholeFile(SERVICE, HEAD, "# unitlint: ignore[UL101]\nTipe=x\n"),
    "comments that suppress nothing": WholeFile(SERVICE, HEAD, "# unitlint: ignore[UL101]\n"),
    "comments above the file": WholeFile(SERVICE, "", "# unitlint: ignore[UL101]\n", f"{HEAD}Tipe=x\n"),
    "a comment with many codes": WholeFile(SERVICE, f"{HEAD}# unitlint: ignore[", "UL№,", "]\nTipe=x\n"),
    "misspelt directives": WholeFile(SERVICE, HEAD, "Memry№Max=1G\nRestrt=no\nExcStart=/bin/x\n"),
    "directives of another section": WholeFile(SERVICE, "[Unit]\n", "ExecStart=/bin/№\n"),
    "variables": WholeFile(SERVICE, f"{HEAD}Environment=A1=b\nExecStart=/bin/x ", "$A№ ${A№} "),
    "assigned variables": WholeFile(SERVICE, HEAD, "Environment=A№=b\nExecStartPre=/bin/x $A№\n"),
    "secrets": WholeFile(SERVICE, HEAD, "Environment=PASSWORD№=hunter№\n"),
    "commands": WholeFile(SERVICE, HEAD, "ExecStart=/opt/a№ --port № > /x\n"),
    "scripts": WholeFile(SERVICE, HEAD, "ExecStartPre=/bin/sh -c 'echo №'\n"),
    "one script": WholeFile(SERVICE, f"{HEAD}ExecStartPre=/bin/sh -c '", "echo № | grep $x && ", "'\n"),
    "options of docker": WholeFile(SERVICE, f"{HEAD}ExecStartPre=/usr/bin/docker run ", "-p №:80 -v /a№:/b "),
    "options of java": WholeFile(SERVICE, f"{HEAD}MemoryMax=1M\nExecStartPre=/usr/bin/java ", "-Xmx№m "),
    "quotes": WholeFile(SERVICE, f"{HEAD}ExecStartPre=/bin/x ", '"a\'b" '),
    "conditions": WholeFile(SERVICE, "[Unit]\n", "ConditionPathExists=\nConditionPathExists=/a№\n"),
    "dependencies": WholeFile(SERVICE, "[Unit]\n", "Requires=a№.service\nAfter=netwrk№.target\nWants=b№.timer\n"),
    "[Install]": WholeFile(SERVICE, f"{HEAD}[Install]\n", "WantedBy=a№.target\nAlias=b№.service\nAlso=c№.socket\n"),
    "paths": WholeFile(SERVICE, HEAD, "ReadWritePaths=/a№\nInaccessiblePaths=/a№/b\nBindPaths=/a№:/b№\n"),
    "a deep path": WholeFile(SERVICE, f"{HEAD}ReadOnlyPaths=/a\nReadWritePaths=", "/a"),
    "capabilities": WholeFile(SERVICE, HEAD, "CapabilityBoundingSet=~CAP_CHOWN\nAmbientCapabilities=CAP_CHOWN\n"),
    "system calls": WholeFile(SERVICE, HEAD, "SystemCallFilter=@system-service\nSystemCallFilter=~@privileged\n"),
    "groups of system calls": WholeFile(SERVICE, f"{HEAD}SystemCallFilter=", "@system-service @known "),
    "limits": WholeFile(SERVICE, HEAD, "LimitNOFILE=№\nMemoryMax=№M\nDeviceAllow=/dev/sd№ rw\n"),
    "CPUs": WholeFile(SERVICE, f"{HEAD}CPUAffinity=", "0-8191 ", "\nAllowedCPUs=0-8191\n"),
    "calendar events": WholeFile("x.timer", "[Timer]\n", "OnCalendar=*-02-31\nOnCalendar=Mon *-*-* *:*:*/7\n"),
    "one calendar event": WholeFile("x.timer", "[Timer]\nOnCalendar=*-*-* *:", "5,7,", "9:00\n"),
    "listeners": WholeFile("x.socket", "[Socket]\n", "ListenStream=№\nListenStream=80\n"),
    "lines of a container": WholeFile(
        "x.container", "[Container]\nImage=a\n", "Volume=/a№:/b\nPublishPort=№:80\nEnvironment=A№=b\n"
    ),
    "placeholders": WholeFile("x.service.j2", HEAD, "Nice={{ x№ }}\n"),
    "branches": WholeFile("x.service.j2", HEAD, "{% if a№ %}\nNice=5\n{% endif %}\n"),
    "nested branches": WholeFile("x.service.j2", HEAD, "{% if a %}\nNice=5\n"),
    "other branches": WholeFile("x.service.j2", f"{HEAD}{{% if a %}}\n", "{% elif b№ %}\nUser=u№\n", "{% endif %}\n"),
    "placeholders without an end": WholeFile("x.service.j2", HEAD, "{{ {% if "),
    "placeholders of ERB": WholeFile("x.service.erb", HEAD, "<% if x %>\nNice=<%= a %>\n<% end %>\n"),
    "placeholders of autoconf": WholeFile("x.service.in", HEAD, "ReadOnlyPaths=@A№@/x @A\n"),
    "units in YAML": WholeFile("c.yaml", CLOUD, IN_CLOUD),
    "a unit in YAML": WholeFile("c.yaml", CLOUD + IN_CLOUD, "     Tipe=x\n"),
    "a quoted unit in YAML": WholeFile(
        "c.yaml", f'{CLOUD} - path: /etc/systemd/system/a.service\n   content: "[Service]\\n', "Tipe=x\\n", '"\n'
    ),
    "brackets in YAML": WholeFile("c.yaml", "#cloud-config [Service] ExecStart=\na: ", "["),
    "a unit in JSON": WholeFile(
        "c.json", '{"systemd":{"units":[{"name":"a.service","contents":"[Service]\\n', "Tipe=x\\n", '"}]}}\n'
    ),
    "lines of a preset": WholeFile("usr/lib/systemd/system-preset/90-x.preset", "", "enabel u№.service\n"),
    "lines of a conf": WholeFile("systemd/journald.conf", "[Journal]\n", "SystemMaxUse=№M\nRateLimitBurst=№\n"),
}
"""By what is repeated in them."""
