#include "ui/prompts/HostKeyChangedSheet.h"

#include "base/DisplayText.h"
#include "hostkeys/Fingerprint.h"
#include "ui/prompts/HostKeyForm.h"
#include "ui/widgets/PlainLabel.h"

#include <QApplication>
#include <QClipboard>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace ui {
namespace {

using Status = hostkeys::HostKeyVerdict::Status;
using Fact = std::pair<QString, QString>; // label, value

QString title(const ssh::HostKeyRefusal &refusal)
{
    return refusal.verdict.status == Status::Revoked
        ? HostKeyChangedSheet::tr("The host key of %1 has been revoked")
        : HostKeyChangedSheet::tr("The host key of %1 has changed");
}

QString explanation(const ssh::HostKeyRefusal &refusal)
{
    return refusal.verdict.status == Status::Revoked
        ? HostKeyChangedSheet::tr(
              "Somebody marked this key as one that must never be trusted, usually because it was "
              "stolen. The connection has been refused, and nothing was sent.")
        : HostKeyChangedSheet::tr(
              "Somebody may be pretending to be this server, to read your password and everything "
              "else. Or the server was set up anew. The connection has been refused, and nothing "
              "was sent.");
}

QString advice(const ssh::HostKeyRefusal &refusal)
{
    return refusal.verdict.status == Status::Revoked
        ? HostKeyChangedSheet::tr("Ask whoever runs the server for a new key.")
        : HostKeyChangedSheet::tr(
              "Ask whoever runs the server whether its key was changed on purpose, and for the "
              "fingerprint of the new one. Only if they agree, remove the line named above.");
}

QList<Fact> facts(const ssh::HostKeyRefusal &refusal)
{
    const QString port = QString::number(refusal.port);
    const QString where = refusal.address.isEmpty()
        ? HostKeyChangedSheet::tr("%1, port %2").arg(refusal.host, port)
        : HostKeyChangedSheet::tr("%1, port %2 (%3)").arg(refusal.host, port, refusal.address);
    QList<Fact> list{{HostKeyChangedSheet::tr("Server"), where}};
    for (const hostkeys::KnownKey &known : refusal.verdict.knownKeys) {
        if (known.key.type() == refusal.key.type() && known.key != refusal.key) {
            list.append(
                {HostKeyChangedSheet::tr("Known key"), hostkeys::Fingerprint(known.key).sha256()});
            list.append({HostKeyChangedSheet::tr("Known from"), locationText(known.location)});
        }
    }
    list.append(
        {HostKeyChangedSheet::tr("Key shown now"), hostkeys::Fingerprint(refusal.key).sha256()});
    list.append({HostKeyChangedSheet::tr("Its type"), keyTypeText(refusal.key)});
    const bool isNamed = refusal.verdict.decidedBy
        && std::ranges::contains(list, locationText(*refusal.verdict.decidedBy), &Fact::second);
    if (refusal.verdict.decidedBy && !isNamed) {
        list.append({HostKeyChangedSheet::tr("Refused because of"),
                     locationText(*refusal.verdict.decidedBy)});
    }
    return list;
}

} // namespace

HostKeyChangedSheet::HostKeyChangedSheet(const ssh::HostKeyRefusal &refusal, QWidget *parent)
    : Sheet(parent, Theme::Meaning::Danger)
{
    setObjectName(QStringLiteral("hostKeyChangedSheet"));
    setAccessibleName(refusal.verdict.status == Status::Revoked ? tr("Host key revoked")
                                                                : tr("Host key changed"));
    setAccessibleDescription(explanation(refusal));
    const QString heading = title(refusal).arg(base::displayText(refusal.host));
    m_details = heading + u'\n';
    auto *form = new QFormLayout;
    for (const auto &[label, value] : facts(refusal)) {
        addValueRow(*form, label, value);
        m_details += label + QStringLiteral(": ") + base::displayText(value) + u'\n';
    }

    auto *copy = new QPushButton(tr("Copy details"), this);
    copy->setObjectName(QStringLiteral("hostKeyChangedCopy"));
    connect(copy, &QPushButton::clicked, this, &HostKeyChangedSheet::copyDetails);
    auto *close = new QPushButton(tr("Close"), this);
    close->setObjectName(QStringLiteral("hostKeyChangedClose"));
    connect(close, &QPushButton::clicked, this, &Sheet::cancel);
    setFocusProxy(close);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(copy);
    buttons->addWidget(close);

    auto *layout = new QVBoxLayout(this);
    layout->addLayout(createHeading(QStringLiteral("warning"),
                                    Theme::color(Theme::Meaning::Danger, QApplication::palette()),
                                    heading, this));
    layout->addWidget(new PlainLabel(explanation(refusal), PlainLabel::Role::Text, this));
    layout->addLayout(form);
    layout->addWidget(new PlainLabel(advice(refusal), PlainLabel::Role::Text, this));
    layout->addLayout(buttons);
}

void HostKeyChangedSheet::copyDetails() const
{
    QApplication::clipboard()->setText(m_details);
}

} // namespace ui
