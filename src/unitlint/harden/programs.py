"""What well-known programs need of a system, by file name.

A name that ends in ``*`` stands for all that begin so.  Nothing here is certain; what is listed is left alone.
"""

from __future__ import annotations

import re
from functools import lru_cache

EVERYTHING = "everything"
"""Runs programs of others, whose needs cannot be told from the unit."""

_KNOWN: tuple[tuple[str, str], ...] = (
    (
        EVERYTHING,
        ("systemd systemd-nspawn systemd-udevd udevd eudev init openrc runit* runsv* runsvdir s6-* sshd dropbear login"
        " *getty mgetty sulogin cron crond anacron atd fcron at run-parts dockerd docker docker-* containerd podman"
        " crio cri-o kubelet kube* k3s* k0s* rke2* microk8s* nomad lxc* lxd* incus* runc crun libvirtd virt* qemu*"
        " kvm VBox* vbox* vmware* vmtoolsd firecracker snapd snap snap-* flatpak* bwrap firejail nix* guix* apt apt-*"
        " apt.* dpkg* unattended-upgrade* dnf* yum* microdnf zypper rpm* pacman* emerge apk packagekitd PackageKit"
        " cloud-* ansible* salt-* puppet* chef* cfengine cf-* jenkins* gitlab-runner buildkite* actions-runner runsvc*"
        " Runner.Listener teleport dracut* mkinitcpio update-initramfs plymouth* gdm* sddm* lightdm* lxdm xdm greetd"
        " Xorg X Xwayland xinit startx weston* sway kwin* gnome-* mutter cage screen tmux su sudo runuser setpriv"
        " pkexec supervisord monit watchdog kexec shutdown reboot poweroff halt systemctl service invoke-rc.d bwrap"
        " waydroid chromium* chrome google-chrome* firefox* electron* brave* code-server xrdp* vncserver* Xvnc"
        " x11vnc wine* steam* unshare nsenter machinectl homectl homed systemd-homed* oomd ostree* rpm-ostree* bootc"
        " snapper timeshift fwupd* ignition* flatcar* rauc swupdate mender* ostree-* growpart cloud-init ec2* waagent*"
        " gce* google_* google-* amazon-ssm* ssm-agent* qubes* xe* xen*"),
    ),
    (
        "mounts devices modules swap cgroups tunables",
        ("mount umount mount.* fusermount* mountall cryptsetup* lvm* vgchange pvscan vgs lvs dmsetup dmeventd mdadm*"
        " mdmon losetup zfs* zpool* zed btrfs* mkfs* mke2fs fsck* e2fsck e2scrub* fstrim resize2fs xfs_* parted"
        " sfdisk sgdisk gdisk mkswap swapon swapoff blkid multipathd iscsi* open-iscsi nvme* rpc.* nfs* nfsdcltrack"
        " exportfs automount autofs sshfs rclone s3fs goofys ceph* rados* gluster* glusterfs* mhddfs mergerfs* davfs*"
        " snapraid zram* udisksd udisks* bcache* drbd* lvmlockd sanlock dlm* ocfs2* multipath* partprobe kpartx"),
    ),
    ("modules", "modprobe insmod rmmod depmod dkms systemd-modules-load akmods kmod"),
    ("tunables", "sysctl systemd-sysctl procps echo tee sysfsutils ethtool udevadm"),
    (
        "net-admin odd-sockets devices namespaces tunables modules write-etc",
        ("ip ifconfig ifup ifdown ifplugd iw iwconfig tc nft iptables* ip6tables* ebtables arptables ipset firewalld"
        " ufw* nftables NetworkManager* nm-* networkd* systemd-networkd* netplan* connman* wicked* wpa_supplicant iwd"
        " hostapd dhclient dhcpcd udhcpc* dhcpd* kea* dnsmasq radvd openvpn* wg* wireguard* strongswan* charon* ipsec"
        " pluto racoon pppd xl2tpd tailscaled zerotier* netbird* nebula keepalived bird* frr* zebra bgpd ospfd* quagga*"
        " ovs* openvswitch* ovn* tcpdump snort* suricata* zeek ntop* arpwatch fail2ban* sshguard crowdsec* miniupnpd"
        " avahi-autoipd bluetoothd bluez* btattach hciattach hciuart can* slcand ofono* ModemManager* usbmuxd lldpd"
        " vnstatd softflowd pmacct* nfdump* conntrackd cni* flannel* calico* cilium* weave* consul* vpp* dpdk* brctl"
        " batctl olsrd babeld gobgpd openfortivpn openconnect vpnc tincd n2n edge supernode ptpd mstpd teamd"),
    ),
    (
        "clock realtime devices odd-sockets",
        ("chronyd chrony* ntpd ntpdate ntpsec* sntp timedatectl hwclock fake-hwclock systemd-timesyncd openntpd ptp4l"
        " phc2sys ts2phc timemaster linuxptp* gpsd* rdate date htpdate sdwdate* tlsdate* timesync*"),
    ),
    ("hostname", "hostnamectl hostname systemd-hostnamed domainname nisdomainname ypbind"),
    ("kernel-log", "rsyslogd syslog-ng klogd dmesg systemd-journald syslogd vector fluent* promtail filebeat mtail"),
    (
        "traces kernel-log processes odd-sockets bpf tunables audit home mounts",
        ("gdb* strace perf* bpftrace bcc* falco* sysdig* osquery* auditd auditctl augenrules node_exporter"
        " prometheus-node* cadvisor netdata* telegraf* collectd* zabbix* nrpe* check_* nagios* icinga* munin* sar sadc"
        " sa1 sa2 sysstat* atop* glances htop iotop datadog* newrelic* dynatrace* oneagent* ossec* wazuh* crowdstrike*"
        " falcon* clamd clamonacc fapolicyd* aide* rkhunter* earlyoom nohang* systemd-oomd systemd-coredump* apport*"
        " abrt* kdump* crash rasdaemon mcelog numad psad acct accton ananicy* gamemoded systembus* process-exporter*"),
    ),
    (
        "devices raw-io tunables realtime odd-sockets modules",
        ("smartd smartctl hdparm sdparm sensors* lm_sensors* ipmi* bmc* fancontrol thermald tlp* powertop cpupower"
        " cpufreq* x86_energy* intel* amd* irqbalance tuned* rngd haveged acpi* lcd* LCDd i2c* gpio* pigpiod spi*"
        " fprintd* pcscd usb* cups* saned sane* gpm kbd* loadkeys setfont setleds setvtrgb console-setup*"
        " brightness* backlight* upsd upsmon upsdrvctl nut* apcupsd ddcutil lircd* irexec alsa* alsactl amixer aplay"
        " v4l* motion mjpg* ffmpeg gst* mpd kodi* pulseaudio* pipewire* wireplumber* jackd* snapserver snapclient"
        " shairport* librespot* raspotify squeeze* homeassistant* hass zigbee2mqtt* zwave* openhab* node-red*"
        " octoprint* klipper* moonraker* inputattach evdev* triggerhappy thd keyd kmonad interception* xboxdrv"
        " logid ratbagd openrgb* liquidctl nbfc* throttled undervolt ryzenadj nvidia* amdgpu* radeon*"
        " rocm* dcgm* ollama* fpga* flash* mtd* nand* ubi* fw_* barebox* u-boot* dfu* tee-*"
        " tpm* tcsd clevis* opal* sedutil* cec* vbetool"
        " ups* phosphor* psu* power* chassis* led* fan* sensor* pldm* mctp* host* ipmbd* ncsid* at91* uart* tty*"
        " obmc* openbmc* bios* cpld* eeprom* rtc* watchdog* gadget* serial* ser2net conserver* console* screenrc"),
    ),
    ("lockfiles write-etc users new-privileges audit", "useradd* groupadd* usermod passwd chpasswd adduser* deluser*"),
    (
        "new-privileges users audit home chroot",
        ("sendmail* postfix master exim* qmail* dovecot* courier* cyrus* vsftpd proftpd* pure-ftpd* smbd nmbd samba*"
        " winbindd netatalk afpd sssd* nslcd nscd polkitd accounts-daemon slapd krb5* kadmind radiusd freeradius*"
        " uwsgi* php-fpm* apache2* httpd* pam_* sasl* cockpit* webmin* shellinabox* ttyd wetty gotty"),
    ),
    ("chroot", "named unbound nsd pdns* haproxy ntpd lighttpd rpcbind chroot chrootuid varnish* radvd tor"),
    ("leases home", "smbd samba* nfsd* ganesha*"),
    (
        "home",
        ("rsync* borg* restic* duplicity* duplicati* bacula* bareos* rsnapshot* tar timemachine* syncthing* nextcloud*"
        " tarsnap dar backintime* deja* kopia* urbackup* updatedb* locate* tracker* baloo* dropbox* find crashplan*"
        " transmission* deluge* qbittorrent* rtorrent* minidlna* plex* jellyfin* emby* git-daemon git* gitea* gogs*"),
    ),
    (
        "jit",
        ("java javaw jsvc node nodejs npm npx yarn pnpm deno bun pm2 forever dotnet mono* luajit* pypy* ruby* bundle"
        " puma unicorn* rails rake gunicorn* php* julia erl* beam* epmd rabbitmq* ejabberd* emqx* couchdb* riak*"
        " postgres* postmaster pg_* mongod* mongos* elasticsearch* opensearch* kibana* logstash* kafka* zookeeper*"
        " cassandra* tomcat* catalina* jetty* neo4j* solr* hadoop* hbase* hive* spark* flink* jenkins* nexus*"
        " sonar* keycloak* wildfly* jboss* activemq* artemis* minecraft* bedrock* gradle* mvn ant sbt scala kotlin"
        " openresty nginx* varnish* freeswitch* asterisk* pwsh powershell v8 qemu* guile* sbcl ghc* racket r Rscript"
        " python* uvicorn* celery* jupyter* prosody* suricata* snort* clamd clamav*"),
    ),
    ("chattr", "chattr"),
    ("raw-io", "setpci lspci vbetool flashrom dmidecode rdmsr wrmsr msr-tools"),
    ("swap", "swapon swapoff mkswap dphys-swapfile* swapspace systemd-swap zramctl"),
    ("mounts chroot", "pivot_root switch_root chroot debootstrap mmdebstrap"),
    ("cgroups", "cgcreate cgexec cgset cgclassify cgrulesengd cgconfigparser lxcfs"),
    ("suid-files write-usr", "install cp chmod chown setcap rsync tar unzip make cmake pip pip3 gem cargo go ldconfig"),
    ("audit", "dbus-daemon dbus-broker* usbguard* sshd useradd"),
)  # fmt: skip

_SUBJECTS: tuple[tuple[str, str], ...] = (
    ("devices odd-sockets", "bluetooth bt can canbus zigbee"),
    (
        "net-admin odd-sockets devices tunables",
        "wifi wlan network net eth nat firewall route routing vpn bridge dhcp hotspot",
    ),
    (
        "devices raw-io tunables modules",
        (
            "platform gpio power poweron poweroff chassis fan fans led leds psu thermal cpld bmc hardware hw board fw"
            " usb firmware serial uart camera gpu display backlight touch touchscreen sensor sensors i2c spi watchdog"
            " tpm nic phy sfp xcvr fpga scp qcom rk3588 rpi raspberry"
        ),
    ),
    ("realtime devices", "audio sound midi alsa"),
    (
        "mounts devices swap modules",
        (
            "filesystem fs resize resizefs expand mount umount mnt disk raid swap zram partition overlay overlayfs"
            " rootfs nfs iscsi ceph volume storage"
        ),
    ),
    ("modules", "kernel module modules driver drivers"),
    ("tunables", "sysctl tune tuning governor cpufreq performance ksm thp hugepages"),
    ("hostname", "hostname"),
    ("clock", "time clock ntp rtc timesync"),
    ("reboot", "reboot shutdown halt suspend hibernate sleep"),
    ("home users", "backup backups home homes user users session"),
    (
        "setup write-usr write-etc suid-files users mounts modules tunables new-privileges",
        (
            "install installer setup provision provisioning bootstrap firstboot init initialize update updater upgrade"
            " autoupdate config configure"
        ),
    ),
    (EVERYTHING, "container containers docker podman vm kiosk console login terminal shell ssh runner"),
)
"""What a word in the name of a unit or program is about."""


@lru_cache(maxsize=2048)
def needs_of_name(name: str) -> frozenset[str]:
    """What the words of a name suggest: ``wifi`` and ``setup`` of ``wifi-setup.sh``."""
    subjects = _subjects()
    found: set[str] = set()
    for word in re.split(r"[-_.@+]", name.lower()):
        found |= subjects.get(word, set())
    return needs_of(name) | found


@lru_cache(maxsize=1)
def _subjects() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for needs, words in _SUBJECTS:
        for word in words.split():
            found.setdefault(word, set()).update(needs.split())
    return found


@lru_cache(maxsize=2048)
def needs_of(name: str) -> frozenset[str]:
    """What a program of this file name needs; nothing where it is not known."""
    exact, prefixes, suffixes = _tables()
    found: set[str] = set(exact.get(name, ()))
    for prefix, needs in prefixes:
        if name.startswith(prefix):
            found.update(needs)
    for suffix, needs in suffixes:
        if name.endswith(suffix):
            found.update(needs)
    return frozenset(found)


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, set[str]], list[tuple[str, list[str]]], list[tuple[str, list[str]]]]:
    exact: dict[str, set[str]] = {}
    prefixes: list[tuple[str, list[str]]] = []
    suffixes: list[tuple[str, list[str]]] = []
    for needs, names in _KNOWN:
        for name in names.split():
            if name.startswith("*"):
                suffixes.append((name[1:], needs.split()))
            elif name.endswith("*"):
                prefixes.append((name[:-1], needs.split()))
            else:
                exact.setdefault(name, set()).update(needs.split())
    return exact, prefixes, suffixes
