#include "ui/keys/AgentSheet.h"

#include "base/DisplayText.h"

#include <QCheckBox>
#include <QComboBox>

namespace ui {

using namespace std::chrono_literals;

AgentSheet::AgentSheet(const QString &keyFile, QWidget *parent)
    : FormSheet(QStringLiteral("agentSheet"),
                tr("Add the key %1 to the agent").arg(base::displayText(keyFile)),
                tr("Add to agent"), parent)
    , m_lifetime(new QComboBox(this))
    , m_confirm(new QCheckBox(tr("Ask before each use"), this))
{
    const auto add = [this](const QString &text, std::chrono::seconds lifetime) {
        m_lifetime->addItem(text, qint64{lifetime.count()});
    };
    add(tr("Until it is removed"), 0s);
    add(tr("For one hour"), 1h);
    add(tr("For eight hours"), 8h);
    add(tr("For one day"), 24h);
    addField(tr("Keep"), m_lifetime, QStringLiteral("agentLifetime"));
    addField(tr("Confirmation"), m_confirm, QStringLiteral("agentConfirm"));
}

void AgentSheet::submit()
{
    const std::chrono::seconds lifetime(m_lifetime->currentData().toLongLong());
    emit accepted(lifetime > 0s ? std::optional(lifetime) : std::nullopt, m_confirm->isChecked());
    finish();
}

} // namespace ui
