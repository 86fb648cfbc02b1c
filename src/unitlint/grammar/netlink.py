"""The netlink families that ListenNetlink= knows (socket-util.c)."""

from __future__ import annotations

FAMILIES = frozenset((
    "route", "firewall", "inet-diag", "nflog", "xfrm", "selinux", "iscsi", "audit", "fib-lookup",
    "connector", "netfilter", "ip6-fw", "dnrtmsg", "kobject-uevent", "generic", "scsitransport",
    "ecryptfs", "rdma",
))  # fmt: skip
