#include "ui/commands/FleetPlanSheet.h"

#include "base/DisplayText.h"
#include "commands/FleetHosts.h"
#include "ui/widgets/PlainLabel.h"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

using profiles::EnvironmentClass;

constexpr int visibleLines = 12;

qsizetype productionCount(const commands::FleetHosts &hosts)
{
    return std::ranges::count_if(hosts.hosts(), [](const commands::FleetHost &host) {
        return host.profile.environmentClass == EnvironmentClass::Production;
    });
}

QString titleOf(const commands::FleetHosts &hosts, FleetPlanSheet::Reason reason)
{
    const QLocale locale;
    if (reason == FleetPlanSheet::Reason::DryRun) {
        return FleetPlanSheet::tr("This would run on %1 servers")
            .arg(locale.toString(hosts.hosts().size()));
    }
    return FleetPlanSheet::tr("Run this in production?");
}

QString rulesText(const commands::BatchOrder &order)
{
    const QLocale locale;
    QStringList rules{
        FleetPlanSheet::tr("At most %1 at once.").arg(locale.toString(order.mostAtOnce))};
    if (order.canary > 0) {
        rules.append(FleetPlanSheet::tr("The first %1 show whether the others are begun.")
                         .arg(locale.toString(order.canary)));
    }
    if (const auto limit = order.failureLimit()) {
        rules.append(FleetPlanSheet::tr("No further one is begun after %1 failures.")
                         .arg(locale.toString(*limit)));
    }
    if (order.timeLimit.count() > 0) {
        rules.append(FleetPlanSheet::tr("Each is left alone after %1 s.")
                         .arg(locale.toString(order.timeLimit.count() / 1000)));
    }
    return rules.join(u' ');
}

// A line for each, in the order in which they are begun.
QString planText(const commands::FleetHosts &hosts, const commands::BatchOrder &order)
{
    QStringList lines;
    for (qsizetype index = 0; index < hosts.hosts().size(); ++index) {
        const commands::FleetHost &host = hosts.hosts().at(index);
        QString line = base::displayText(host.name);
        if (const QString address = base::displayText(host.profile.address().toString());
            address != line) {
            line += QStringLiteral("  ") + address;
        }
        if (index < order.canary) {
            line += QStringLiteral("  ") + FleetPlanSheet::tr("(first)");
        }
        if (host.profile.environmentClass == EnvironmentClass::Production) {
            line += QStringLiteral("  ") + FleetPlanSheet::tr("(production)");
        }
        lines.append(line);
    }
    return lines.join(u'\n');
}

QPlainTextEdit *createText(const char *name, const QString &accessibleName, const QString &text,
                           int lines)
{
    auto *edit = new QPlainTextEdit(text);
    edit->setObjectName(QString::fromLatin1(name));
    edit->setAccessibleName(accessibleName);
    edit->setReadOnly(true);
    edit->setTabChangesFocus(true);
    edit->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    edit->setFixedHeight(edit->fontMetrics().lineSpacing() * lines + 2 * edit->frameWidth() + 10);
    return edit;
}

} // namespace

FleetPlanSheet::FleetPlanSheet(const commands::FleetHosts &hosts, const commands::BatchOrder &order,
                               Reason reason, QWidget *parent)
    : Sheet(parent,
            productionCount(hosts) > 0 ? std::optional(Theme::Meaning::Danger) : std::nullopt)
{
    setObjectName(QStringLiteral("fleetPlanSheet"));
    setAccessibleName(titleOf(hosts, reason));
    const qsizetype production = productionCount(hosts);
    const QString warning
        = tr("%1 of the %2 servers are production.")
              .arg(QLocale().toString(production), QLocale().toString(hosts.hosts().size()));
    auto *accept
        = new QPushButton(reason == Reason::DryRun ? tr("Run it") : tr("Run in production"));
    accept->setObjectName(QStringLiteral("fleetPlanRun"));
    auto *reject = new QPushButton(tr("Cancel"));
    reject->setObjectName(QStringLiteral("fleetPlanCancel"));
    setFocusProxy(reject);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(accept);
    buttons->addWidget(reject);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(new PlainLabel(titleOf(hosts, reason), PlainLabel::Role::Title));
    if (production > 0) {
        layout->addWidget(new PlainLabel(warning, PlainLabel::Role::Text));
    }
    layout->addWidget(
        createText("fleetPlanCommand", tr("Command"),
                   base::displayText(QByteArrayView(order.command), base::LineBreaks::Keep), 2));
    layout->addWidget(
        createText("fleetPlanHosts", tr("Servers"), planText(hosts, order),
                   std::clamp(static_cast<int>(hosts.hosts().size()), 3, visibleLines)));
    layout->addWidget(new PlainLabel(rulesText(order), PlainLabel::Role::Subtle));
    layout->addLayout(buttons);
    connect(accept, &QPushButton::clicked, this, [this] {
        emit confirmed();
        finish();
    });
    connect(reject, &QPushButton::clicked, this, &Sheet::cancel);
}

} // namespace ui
