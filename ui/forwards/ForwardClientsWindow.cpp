#include "ui/forwards/ForwardClientsWindow.h"

#include "base/DisplayText.h"
#include "ui/errors/ForwardErrorText.h"
#include "ui/forwards/ForwardText.h"
#include "ui/units/SizeText.h"
#include "ui/widgets/CloseKeys.h"
#include "ui/widgets/PlainLabel.h"

#include <QHeaderView>
#include <QLocale>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

using forward::ForwardSet;
using forward::ForwardStatus;

// In characters and lines of the user's font.
constexpr int usualWidth = 150;
constexpr int usualHeight = 24;

QString timeText(const QDateTime &time)
{
    return QLocale().toString(time.time(), QStringLiteral("HH:mm:ss"));
}

QString whoText(const forward::ForwardClient &client)
{
    return client.from.isEmpty() ? ForwardClientsWindow::tr("a program on this computer")
                                 : base::displayText(client.from);
}

// As many items as are needed, so that what is marked stays so.
void resizeTo(QTreeWidget &table, qsizetype count)
{
    while (table.topLevelItemCount() > count) {
        delete table.takeTopLevelItem(table.topLevelItemCount() - 1);
    }
    while (table.topLevelItemCount() < count) {
        table.addTopLevelItem(new QTreeWidgetItem);
    }
}

} // namespace

ForwardClientsWindow::ForwardClientsWindow(ForwardSet &forwards, ForwardSet::Id id, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_forwards(&forwards)
    , m_id(id)
    , m_summary(new PlainLabel({}, PlainLabel::Role::Text))
    , m_clients(createTable("forwardClients", tr("Clients"),
                            {tr("From"), tr("To"), tr("Since"), tr("Sent"), tr("Received")}))
    , m_refusals(createTable("forwardRefusals", tr("Refusals"),
                             {tr("When"), tr("From"), tr("To"), tr("Why")}))
{
    setObjectName(QStringLiteral("forwardClientsWindow"));
    new CloseKeys(*this);
    setAttribute(Qt::WA_DeleteOnClose);
    m_summary->setObjectName(QStringLiteral("forwardSummary"));
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_summary);
    layout->addWidget(m_clients, 2);
    layout->addWidget(new PlainLabel(tr("Not served:"), PlainLabel::Role::Subtle));
    layout->addWidget(m_refusals, 1);
    resize(fontMetrics().averageCharWidth() * usualWidth,
           fontMetrics().lineSpacing() * usualHeight);
    connect(m_forwards, &ForwardSet::changed, this, [this](ForwardSet::Id changed) {
        if (changed == m_id) {
            refresh();
        }
    });
    connect(m_forwards, &ForwardSet::removed, this, [this](ForwardSet::Id removed) {
        if (removed == m_id) {
            close();
        }
    });
    connect(m_forwards, &QObject::destroyed, this, &QWidget::close);
    refresh();
}

QTreeWidget *ForwardClientsWindow::createTable(const char *name, const QString &accessibleName,
                                               const QStringList &columns)
{
    auto *table = new QTreeWidget;
    table->setObjectName(QString::fromLatin1(name));
    table->setAccessibleName(accessibleName);
    table->setHeaderLabels(columns);
    table->setRootIsDecorated(false);
    table->setUniformRowHeights(true);
    table->setAllColumnsShowFocus(true);
    const int character = fontMetrics().averageCharWidth();
    for (int column = 0; column < columns.size() - 1; ++column) {
        table->header()->resizeSection(column, 20 * character);
    }
    return table;
}

void ForwardClientsWindow::refresh()
{
    const profiles::Forward &forward = m_forwards->forward(m_id);
    const ForwardStatus &status = m_forwards->status(m_id);
    const QString title = forwardKindText(forward.kind) + u' ' + forwardListenText(forward, status)
        + u' ' + forwardTargetText(forward);
    setWindowTitle(tr("Clients of %1").arg(title.trimmed()));
    const QLocale locale;
    QString text = tr("%1 clients now, %2 so far. %3.")
                       .arg(locale.toString(status.clients), locale.toString(status.clientsSoFar),
                            forwardBytesText(status));
    if (status.clients > status.toldClients.size()) {
        text
            += u' ' + tr("The first %1 are shown.").arg(locale.toString(status.toldClients.size()));
    }
    m_summary->setText(text);
    fillClients();
    fillRefusals();
}

void ForwardClientsWindow::fillClients()
{
    const QList<forward::ForwardClient> &clients = m_forwards->status(m_id).toldClients;
    const QString target = forwardTargetText(m_forwards->forward(m_id));
    resizeTo(*m_clients, clients.size());
    for (int row = 0; row < clients.size(); ++row) {
        const forward::ForwardClient &client = clients.at(row);
        QTreeWidgetItem &item = *m_clients->topLevelItem(row);
        item.setText(0, whoText(client));
        item.setText(1, client.to.isEmpty() ? target : base::displayText(client.to));
        item.setText(2, timeText(client.since));
        item.setText(3, sizeText(static_cast<quint64>(client.bytesSent)));
        item.setText(4, sizeText(static_cast<quint64>(client.bytesReceived)));
    }
}

// The last one first.
void ForwardClientsWindow::fillRefusals()
{
    const profiles::Forward &forward = m_forwards->forward(m_id);
    const QList<forward::ForwardRefusal> &refusals = m_forwards->status(m_id).toldRefusals;
    resizeTo(*m_refusals, refusals.size());
    for (int row = 0; row < refusals.size(); ++row) {
        const forward::ForwardRefusal &refusal = refusals.at(refusals.size() - 1 - row);
        QTreeWidgetItem &item = *m_refusals->topLevelItem(row);
        item.setText(0, timeText(refusal.when));
        item.setText(1, whoText(refusal.client));
        item.setText(2,
                     refusal.client.to.isEmpty() ? forwardTargetText(forward)
                                                 : base::displayText(refusal.client.to));
        item.setText(3, forwardRefusalText(forward, refusal.why));
        item.setToolTip(3, item.text(3)); // a sentence, longer than its column perhaps
    }
}

} // namespace ui
