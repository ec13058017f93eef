#include "ui/widgets/ClearButton.h"

#include <QLineEdit>

namespace ui {

void addClearButton(QLineEdit &line)
{
    QObject::connect(
        &line, &QLineEdit::textChanged, &line, [&line] { line.setClearButtonEnabled(true); },
        Qt::SingleShotConnection);
}

} // namespace ui
