#include "ui/files/PaneSheets.h"

#include "ui/widgets/ConfirmSheet.h"

#include <QVBoxLayout>

namespace ui {

PaneSheets::PaneSheets(QVBoxLayout &layout, QWidget &list)
    : QObject(&list)
    , m_layout(layout)
    , m_list(list)
{
}

void PaneSheets::open(std::unique_ptr<Sheet> question)
{
    if (auto *shown = m_layout.parentWidget()->findChild<Sheet *>()) {
        shown->setFocus();
        return;
    }
    Sheet *sheet = question.release(); // the layout's from now on
    m_layout.insertWidget(0, sheet);
    connect(sheet, &QObject::destroyed, &m_list, [list = &m_list] { list->setFocus(); });
    sheet->show();
    sheet->setFocus();
}

void PaneSheets::withCare(const QString &caution, const QString &question, const QString &confirm,
                          std::function<void()> act)
{
    if (caution.isEmpty()) {
        act();
        return;
    }
    auto sheet = std::make_unique<ConfirmSheet>(question, caution, confirm);
    connect(sheet.get(), &ConfirmSheet::confirmed, this, std::move(act));
    open(std::move(sheet));
}

void PaneSheets::closeAll()
{
    for (Sheet *sheet : m_layout.parentWidget()->findChildren<Sheet *>()) {
        sheet->cancel();
    }
}

} // namespace ui
