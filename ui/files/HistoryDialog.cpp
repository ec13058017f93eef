#include "ui/files/HistoryDialog.h"

#include "ui/files/ChangeHistory.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLocale>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <ranges>

namespace ui {
namespace {

constexpr int idRole = Qt::UserRole;

} // namespace

HistoryDialog::HistoryDialog(const ChangeHistory &history, const QString &place, QWidget *parent)
    : QDialog(parent)
    , m_list(new QTreeWidget(this))
{
    setObjectName(QStringLiteral("historyDialog"));
    setWindowTitle(tr("What can be undone: %1").arg(place));
    setAccessibleName(windowTitle());
    m_list->setObjectName(QStringLiteral("historyList"));
    m_list->setAccessibleName(tr("Changes"));
    m_list->setHeaderLabels({tr("When"), tr("What"), tr("Files")});
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    m_undo = buttons->addButton(tr("Undo"), QDialogButtonBox::ActionRole);
    m_undo->setObjectName(QStringLiteral("historyUndo"));
    m_undo->setDefault(true);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_list);
    layout->addWidget(buttons);
    resize(fontMetrics().averageCharWidth() * 72, fontMetrics().height() * 18);

    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    connect(m_undo, &QPushButton::clicked, this, [this] {
        if (const QTreeWidgetItem *item = m_list->currentItem()) {
            emit undoRequested(item->data(0, idRole).toULongLong());
        }
    });
    connect(&history, &ChangeHistory::changed, this, [this, &history] { fill(history); });
    fill(history);
}

void HistoryDialog::fill(const ChangeHistory &history)
{
    m_list->clear();
    for (const UndoableChange &change : history.changes() | std::views::reverse) {
        auto *item = new QTreeWidgetItem(m_list);
        item->setText(0, QLocale().toString(change.time.time(), QLocale::ShortFormat));
        item->setText(1, change.text);
        item->setText(2, QLocale().toString(change.steps.size()));
        item->setTextAlignment(2, Qt::AlignRight | Qt::AlignVCenter);
        item->setData(0, idRole, QVariant::fromValue(change.id));
    }
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(1, QHeaderView::Stretch);
    m_list->setCurrentItem(m_list->topLevelItem(0));
    m_undo->setEnabled(!history.changes().isEmpty());
}

} // namespace ui
