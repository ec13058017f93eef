#include "commands/AnsibleInventory.h"

#include "base/DisplayText.h"
#include "profiles/OpenSshConfig.h"
#include "profiles/ProfileStore.h"
#include "profiles/SessionCommand.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <map>
#include <utility>

using namespace Qt::StringLiterals;

namespace commands {
namespace {

// A scalar of YAML: a string of JSON is one (YAML 1.2, section 1.3). Ansible runs what is in double
// braces, unless it is said to be unsafe.
QByteArray scalar(const QString &text)
{
    const QByteArray array = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    const bool isTemplate = text.contains(u"{{"_s) || text.contains(u"{%"_s);
    return (isTemplate ? "!unsafe " : "") + array.sliced(1, array.size() - 2); // no brackets
}

// Ansible reads brackets as ranges and a colon as a port.
QString hostName(const QString &name)
{
    static const QRegularExpression odd(u"[^A-Za-z0-9._@-]"_s);
    return QString(name).replace(odd, u"_"_s);
}

// Names of groups are to be names of variables.
QString groupName(const QString &path)
{
    static const QRegularExpression odd(u"[^A-Za-z0-9_]"_s);
    QString name = QString(path).toLower().replace(odd, u"_"_s);
    if (name.isEmpty() || name.front().isDigit() || name == u"all" || name == u"ungrouped") {
        name.prepend(u"group_"_s);
    }
    return name;
}

// The first name that is free, for two may become alike.
QString unique(const QString &name, const QSet<QString> &taken)
{
    QString free = name;
    for (int number = 2; taken.contains(free); ++number) {
        free = name + u'_' + QString::number(number);
    }
    return free;
}

struct Inventory
{
    QSet<QString> hostNames;
    QMap<QString, QString> groups; // path to name
    QSet<QString> groupNames;
    std::map<QString, QByteArrayList> members; // by the path of the group; empty: none
    QStringList remarks;

    QByteArray entryOf(const FleetHost &host, const profiles::ProfileStore &store);
    void nameGroups(const QString &path);
    void append(QByteArray &text, const QString &path, int depth) const;
};

// Without what OpenSSH says of an alias by itself.
QByteArray Inventory::entryOf(const FleetHost &host, const profiles::ProfileStore &store)
{
    const profiles::Profile &profile = host.profile;
    const QString name = unique(hostName(host.name), hostNames);
    hostNames.insert(name);
    QByteArrayList fields{"ansible_host: " + scalar(profile.host)};
    if (profiles::OpenSshConfig::aliasOf(profile).isEmpty()) {
        fields.append("ansible_port: " + QByteArray::number(profile.port));
        if (!profile.user.isEmpty()) {
            fields.append("ansible_user: " + scalar(profile.user));
        }
        if (!profile.identityFiles.isEmpty()) {
            fields.append("ansible_ssh_private_key_file: " + scalar(profile.identityFiles.first()));
        }
        const auto options = profiles::sshOptions(profile, store);
        if (!options) {
            remarks.append(u"%1: its proxy or jump host is left out"_s.arg(name));
        } else if (!options->isEmpty()) {
            fields.append("ansible_ssh_common_args: " + scalar(*options));
        }
    }
    return scalar(name) + ": {" + fields.join(", ") + '}';
}

// Those above as well: Ansible has them one in another.
void Inventory::nameGroups(const QString &path)
{
    if (path.isEmpty() || groups.contains(path)) {
        return;
    }
    nameGroups(profiles::parentGroup(path));
    const QString name = unique(groupName(path), groupNames);
    groupNames.insert(name);
    groups.insert(path, name);
}

void Inventory::append(QByteArray &text, const QString &path, int depth) const
{
    const QByteArray indent(2 * depth, ' ');
    if (const auto found = members.find(path); found != members.end()) {
        text += indent + "hosts:\n";
        for (const QByteArray &member : found->second) {
            text += indent + "  " + member + '\n';
        }
    }
    bool hasChildren = false;
    for (auto group = groups.cbegin(); group != groups.cend(); ++group) {
        if (profiles::parentGroup(group.key()) == path) {
            if (!std::exchange(hasChildren, true)) {
                text += indent + "children:\n";
            }
            text += indent + "  " + group.value().toUtf8() + ":\n";
            append(text, group.key(), depth + 2);
        }
    }
    if (!hasChildren && !members.contains(path)) {
        text += indent + "hosts: {}\n";
    }
}

} // namespace

QByteArray ansibleInventory(const QList<FleetHost> &hosts, const profiles::ProfileStore &store)
{
    Inventory inventory;
    for (const FleetHost &host : hosts) {
        const QByteArray entry = inventory.entryOf(host, store);
        inventory.nameGroups(host.profile.group);
        inventory.members[host.profile.group].append(entry);
    }
    QByteArray text = "# Written by Ponto. ansible-inventory -i FILE --list shows what it says.\n";
    for (const QString &remark : std::as_const(inventory.remarks)) {
        text += "# " + base::displayText(remark).toUtf8() + '\n';
    }
    text += "all:\n";
    inventory.append(text, {}, 1);
    return text;
}

} // namespace commands
